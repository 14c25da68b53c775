import type { Visit } from '../../asl/trace/visit.ts';
import { duration } from '../../report/progress/duration.ts';
import type { SimulatedRun } from '../simulated-run.ts';

/** So many stays are shown. */
const MOST = 60;

/** How the run ended. */
export function ending({ status, error, cause, output }: SimulatedRun): string {
  if (status === 'SUCCEEDED') return `The run succeeded. Its output: ${JSON.stringify(output)}`;
  const how = { FAILED: 'failed', TIMED_OUT: 'timed out', ABORTED: 'was aborted' }[status];
  return [`The run ${how}.`, `  error: ${error ?? '(none)'}`, `  cause: ${cause ?? '(none)'}`].join('\n');
}

/** Which states ran, when, and how each ended. */
export function whatRan({ visits, events }: SimulatedRun): string {
  if (visits.length === 0) return 'No state ran.';
  const start = events[0]?.timestamp ?? 0;
  const width = Math.max(...visits.slice(0, MOST).map(({ state }) => state.length));
  const lines = visits
    .slice(0, MOST)
    .map((visit) => `  ${visit.state.padEnd(width)}  at ${duration(visit.entered - start)}  ${endOf(visit)}`.trimEnd());
  const more = visits.length > MOST ? [`  and ${visits.length - MOST} more`] : [];
  return ['What ran:', ...lines, ...more].join('\n');
}

function endOf({ type, exited, failed, error }: Visit): string {
  if (type === 'Fail' || (exited === undefined && failed)) return `failed${error === undefined ? '' : `: ${error}`}`;
  if (exited === undefined) return error === undefined ? 'ended from outside' : `failed: ${error}`;
  return failed ? `caught${error === undefined ? '' : `: ${error}`}` : 'ok';
}

/** How each task of the DAG stands. */
export function tasksNow({ tasks }: SimulatedRun): string {
  const width = Math.max(...tasks.map(({ task }) => task.length));
  return [
    'How the tasks ended:',
    ...tasks.map(
      ({ task, state, error }) => `  ${task.padEnd(width)}  ${state}${error === undefined ? '' : ` (${error})`}`,
    ),
  ].join('\n');
}
