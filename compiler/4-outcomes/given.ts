import { endsAs, type Knowledge, NOTHING } from './knowledge.ts';

/** How tasks that a machine does not run have ended before it starts: those of a run that is resumed. None in a DAG's own machine. */
export type Given = ReadonlyMap<string, 'success' | 'skipped'>;

export const NONE_GIVEN: Given = new Map();

/** What is known where the machine starts. */
export function knownAtStart(given: Given): Knowledge {
  return [...given].reduce((known, [task, state]) => endsAs(known, task, state), NOTHING);
}

/** Ends of which a record may be asked: what succeeded has none. */
export function skippedBefore(given: Given): { task: string; state: 'skipped' }[] {
  return [...given].flatMap(([task, state]) => (state === 'skipped' ? [{ task, state }] : []));
}
