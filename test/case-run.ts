import { Visits } from '../asl/history/visits.ts';
import type { Json } from '../asl/json/value.ts';
import { openGuard } from '../engines/iam/index.ts';
import type { Manifest, PolicyDocument } from '../manifest/manifest.ts';
import { endStates, type TaskState } from '../report/end-states.ts';
import { type Simulation, simulate } from '../simulate/simulate.ts';
import { SERVICES_IAM } from '../tasks/services.ts';

/** `runs/<scenario>.json`. */
export interface CaseRun {
  readonly input?: Json;
  readonly mocks?: unknown;
  /** That tasks without a mock answer what their service would; else they answer their arguments. */
  readonly samples?: true;
  /** What tasks do when they run, where they do not simply succeed: a branch chooses tasks, a short circuit goes on or not. */
  readonly outcomes?: { readonly [task: string]: 'failed' | 'skipped' | boolean | readonly string[] };
  /** How each task ends, by Airflow's rules: the tasks by their end state. */
  readonly ends: { readonly [S in TaskState]?: readonly string[] };
  /** How the machine goes. */
  readonly goes?: unknown;
}

export type Ends = { readonly [task: string]: TaskState };

/** The run, each call held against the policy of the machine's role; what that denies is an error of the test. */
export async function simulated(
  machine: unknown,
  manifest: Manifest,
  run: CaseRun,
  policy: PolicyDocument,
): Promise<Simulation> {
  const { input, mocks, samples } = run;
  const guard = await openGuard({
    what: 'this test',
    place: { partition: 'aws', region: 'us-east-1', account: '123456789012' },
    services: SERVICES_IAM,
    machine: { name: manifest.dag, file: 'policy.json', policy },
    declared: { file: 'manifest.json', env: manifest.env },
    values: {},
  });
  const simulation = await simulate(
    machine,
    {
      ...(input !== undefined && { input }),
      ...(mocks !== undefined && { mocks }),
      ...(samples && { samples: Object.assign({}, ...manifest.tasks.map((task) => task.samples ?? {})) }),
    },
    (tasks) => guard.guarding(tasks),
  );
  if (guard.denials.length > 0) throw new Error(JSON.stringify(guard.denials, undefined, 2));
  return simulation;
}

/** What of a simulation stands in the file. */
export function goesOf({ status, error, cause, seconds, events }: Simulation): object {
  const entered = events.filter(({ type }) => type.endsWith('StateEntered')).map((event) => event.name);
  const tasks = events.flatMap((event) =>
    'taskScheduledEventDetails' in event ? [event.taskScheduledEventDetails as { parameters: string }] : [],
  );
  return {
    status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    seconds,
    entered,
    arguments: tasks.map(({ parameters }) => JSON.parse(parameters)),
  };
}

/** The ends that a run's file says, by task. */
export function endsIn({ ends }: CaseRun): Ends {
  const pairs = Object.entries(ends).flatMap(([state, tasks]) => tasks.map((task) => [task, state as TaskState]));
  expectEachOnce(pairs.map(([task]) => task as string));
  return Object.fromEntries(pairs) as Ends;
}

function expectEachOnce(tasks: readonly string[]): void {
  const twice = tasks.filter((task, i) => tasks.indexOf(task) !== i);
  if (twice.length > 0) throw new Error(`The run’s \`ends\` name ${twice.join(', ')} twice.`);
}

/** How each task ended, as a report tells it from the history. */
export function endsOf({ status, seconds, events }: Simulation, manifest: Manifest): Ends {
  const visits = new Visits();
  for (const event of events) visits.add(event);
  const stoppedAt = Date.parse('2026-01-01T00:00:00Z') + seconds * 1000;
  const ends = endStates({ manifest, visits: visits.all, status, stoppedAt });
  return Object.fromEntries(ends.map(({ task, state }) => [task, state]));
}
