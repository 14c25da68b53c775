import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Story } from './airflow.ts';
import { dagOf, paramsOf, SKIP } from './stories.ts';

/** Compiles a story and runs its machine: which tasks ran, and whether the run failed. */
export async function runStory(
  story: Story,
): Promise<{ ran: number[]; failed: boolean; machine: string; cause: string | undefined }> {
  const machine = compileDag(dagOf(story)).files.get('step_function.json') as string;
  const { status, events, cause } = await interpret(JSON.parse(machine) as StateMachine, {
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
  return { ran, failed: status !== 'SUCCEEDED', machine, cause };
}
