import { type Flow, PARK } from './flow.ts';
import type { Fiber } from './scheduler.ts';
import type { Run } from './visit.ts';

/**
 * Runs jobs number 0 to `count - 1`, at most `most` at one time, the next one as soon as one is done. The first that fails ends the
 * others. `job` is told the id of the event that made room for it.
 */
export function* runPool(
  run: Run,
  count: number,
  most: number,
  job: (at: number, after: number) => Flow<number>,
  firstAfter: number,
): Flow<number> {
  const { scheduler } = run;
  const me = scheduler.current;
  const fibers = new Set<Fiber>();
  let next = 0;
  let done = 0;
  let last = firstAfter;
  let failed = false;
  let failure: unknown;
  const start = (after: number): void => {
    const at = next++;
    const fiber = scheduler.spawn(
      (function* () {
        try {
          last = yield* job(at, after);
          fibers.delete(scheduler.current);
          done++;
          if (next < count) start(last);
          if (done < count) return;
        } catch (error) {
          failed = true;
          failure = error;
          for (const other of fibers) scheduler.cancel(other);
        }
        scheduler.wake(me);
      })(),
    );
    fibers.add(fiber);
  };
  while (next < Math.min(count, most)) start(firstAfter);
  try {
    while (done < count && !failed) yield PARK;
  } finally {
    for (const fiber of fibers) scheduler.cancel(fiber);
  }
  if (failed) throw failure;
  return last;
}
