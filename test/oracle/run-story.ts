import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { Visits } from '../../asl/trace/visits.ts';
import type { Manifest } from '../../compiler/6-files/manifest.ts';
import { compileDag } from '../../compiler/index.ts';
import { endStates, type TaskState } from '../../local/report/end-states.ts';
import type { Story } from './airflow.ts';
import { dagOf, paramsOf, SKIP } from './stories.ts';

/** Compiles a story and runs its machine: which tasks ran, how each ended as a report tells it, and whether the run failed. */
export async function runStory(story: Story): Promise<{
  ran: number[];
  ends: TaskState[];
  failed: boolean;
  machine: string;
  cause: string | undefined;
}> {
  const { files } = compileDag(dagOf(story));
  const machine = files.get('step_function.json') as string;
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  const { status, events, cause, stoppedAt } = await interpret(JSON.parse(machine) as StateMachine, {
    input: { params: paramsOf(story) as never },
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state }) => {
      const { outcome } = story.tasks[Number(state.slice(1))]!;
      return outcome === 'failed'
        ? { error: 'Boom', cause: 'it broke' }
        : outcome === 'skipped'
          ? { error: SKIP }
          : { result: {} };
    },
  });
  const entered = new Set(events.flatMap(({ type, name }) => (type.endsWith('StateEntered') ? [name as string] : [])));
  const ran = story.tasks.flatMap((_, i) => (entered.has(`t${i}`) ? [i] : []));
  const visits = new Visits();
  for (const event of events) visits.add(event);
  const told = endStates({ manifest, visits: visits.all, status, stoppedAt });
  const state = new Map(told.map((end) => [end.task, end.state]));
  const ends = story.tasks.map((_, i) => state.get(`t${i}`) as TaskState);
  return { ran, ends, failed: status !== 'SUCCEEDED', machine, cause };
}
