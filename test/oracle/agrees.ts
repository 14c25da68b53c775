import { isDeepStrictEqual } from 'node:util';
import { type Story, tell } from './airflow.ts';
import { type CompiledStory, indexOf, runStory } from './run-story.ts';
import { callsOf, isDecision } from './values.ts';

/** What a compiled machine's run and the oracles say of one story, in the same words. */
export interface Compared {
  readonly told: Outcome;
  readonly found: Outcome;
  readonly machine: string;
}

interface Outcome {
  readonly ran: readonly number[];
  /** How each task ended; the report tells it, which has only the history and the manifest, of those too that did not run. */
  readonly ends: readonly string[];
  readonly failed: boolean;
  /** What each call was given. */
  readonly calls: { readonly [task: string]: unknown };
  /** That a run that failed says an error that a task of it ended with. */
  readonly error: 'of a task' | 'none' | string;
  /** Tasks that failed and count, of which the cause names none. */
  readonly unnamed: readonly number[];
}

/** The compiled machine runs the same tasks as Airflow would, gives each what it reads, and ends the same way, with a task's own error. */
export async function compare(story: Story, compiled?: CompiledStory): Promise<Compared> {
  const told = tell(story);
  const { ran, ends, failed, error = 'none', cause, calls, machine } = await runStory(story, compiled);
  const broken = story.tasks.flatMap((_, i) => (told.ends[i] === 'failed' ? [i] : []));
  // A decision that fails says so in its own words.
  const isOwn = broken.some((i) => error === `Boom.t${i}` || (isDecision(story.tasks[i]!) && error !== 'none'));
  const named = cause?.startsWith('[')
    ? (JSON.parse(cause) as { task: string }[]).map(({ task }) => indexOf(task))
    : undefined;
  // A teardown's failure is named where it can fail the run.
  const counting = broken.filter((i) => story.tasks[i]!.kind !== 'teardown' || story.tasks[i]!.failsRun);
  const unnamed = failed && named ? counting.filter((i) => !named.includes(i)) : [];
  return {
    told: {
      ran: told.ran,
      ends: told.ends,
      failed: told.failed,
      calls: callsOf(story, told),
      error: told.failed ? 'of a task' : 'none',
      unnamed: [],
    },
    found: { ran, ends, failed, calls, error: isOwn && failed ? 'of a task' : error, unnamed },
    machine,
  };
}

export function isSame({ told, found }: Compared): boolean {
  return isDeepStrictEqual(told, found);
}
