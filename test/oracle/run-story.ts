import { Visits } from '../../asl/history/visits.ts';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { endStates, type TaskState } from '../../report/end-states.ts';
import type { Story } from './airflow.ts';
import { dagOf, paramsOf, SKIP } from './stories.ts';
import { answerOf, idOf } from './values.ts';

/** The task of a story that a state or an id stands for. */
export function indexOf(id: string): number {
  return Number(/t(\d+)$/.exec(id)?.[1]);
}

export interface Ran {
  readonly ran: number[];
  /** How each task ended, as a report tells it. */
  readonly ends: TaskState[];
  readonly failed: boolean;
  readonly machine: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** What each task was given that reads others' answers, by its name. */
  readonly calls: { [task: string]: unknown };
}

/** What a story is compiled to. It is the same for each outcome of its tasks. */
export interface CompiledStory {
  readonly text: string;
  readonly machine: StateMachine;
  readonly manifest: Manifest;
}

export function compileStory(story: Story): CompiledStory {
  const { files } = compileDag(dagOf(story));
  const text = files.get('step_function.json') as string;
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  return { text, machine: JSON.parse(text) as StateMachine, manifest };
}

/** Runs the machine of a story: which tasks ran, what they were given, how each ended, and whether the run failed. */
export async function runStory(story: Story, compiled = compileStory(story)): Promise<Ran> {
  const { text: machine, manifest } = compiled;
  const calls: { [task: string]: unknown } = {};
  const { status, events, error, cause, stoppedAt } = await interpret(compiled.machine, {
    input: { params: paramsOf(story) as never },
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state, arguments: given }) => {
      const i = indexOf(state);
      const { outcome } = story.tasks[i]!;
      calls[state] = (given as { Payload?: { reads: unknown } }).Payload?.reads ?? [];
      return outcome === 'failed'
        ? { error: `Boom.t${i}`, cause: 'it broke' }
        : outcome === 'skipped'
          ? { error: SKIP }
          : { result: answerOf(story, i) as never };
    },
  });
  const entered = new Set(events.flatMap(({ type, name }) => (type.endsWith('StateEntered') ? [name as string] : [])));
  const ran = story.tasks.flatMap((_, i) => (entered.has(idOf(story, i)) ? [i] : []));
  const visits = new Visits();
  for (const event of events) visits.add(event);
  const told = endStates({ manifest, visits: visits.all, status, stoppedAt });
  const state = new Map(told.map((end) => [end.task, end.state]));
  const ends = story.tasks.map((_, i) => state.get(idOf(story, i)) as TaskState);
  return { ran, ends, failed: status !== 'SUCCEEDED', machine, error, cause, calls };
}
