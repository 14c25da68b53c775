import { type Flow, PARK } from './flow.ts';
import type { Fiber } from './scheduler.ts';
import type { Run } from './visit.ts';

export interface Jobs {
  readonly count: number;
  /** How many may be under way; may change. */
  most(): number;
  /** Does one; told the id of the event that made room for it, it answers the one of its own last event. */
  job(at: number, after: number): Flow<number>;
  /** The event that the first ones follow. */
  readonly after: number;
  /** Called before the jobs that are under way are ended because one failed or nobody waits any more. */
  closing?(): void;
  /** Handed a function that looks again at how many may be under way; `fail` ends them all. */
  adjustable?(adjust: (fail?: unknown) => void): void;
}

/**
 * Runs jobs number 0 to `count - 1`, the next one as soon as there is room. The first that fails ends the others.
 */
export function* runPool(run: Run, jobs: Jobs): Flow<number> {
  const { scheduler } = run;
  const { count } = jobs;
  const me = scheduler.current;
  const fibers = new Set<Fiber>();
  let next = 0;
  let done = 0;
  let last = jobs.after;
  let failed = false;
  let failure: unknown;
  const close = () => {
    jobs.closing?.();
    for (const fiber of fibers) scheduler.cancel(fiber);
  };
  const fail = (error: unknown) => {
    failed = true;
    failure = error;
    close();
    scheduler.wake(me);
  };
  const fill = () => {
    for (const most = jobs.most(); next < count && fibers.size < most; ) start(last);
  };
  const start = (after: number): void => {
    const at = next++;
    const fiber = scheduler.spawn(
      (function* () {
        try {
          last = yield* jobs.job(at, after);
          fibers.delete(scheduler.current);
          done++;
          fill();
          if (done === count) scheduler.wake(me);
        } catch (error) {
          fail(error);
        }
      })(),
    );
    fibers.add(fiber);
  };
  jobs.adjustable?.((error) => {
    if (failed || done === count) return;
    if (error === undefined) fill();
    else fail(error);
  });
  fill();
  try {
    while (done < count && !failed) yield PARK;
  } finally {
    close();
  }
  if (failed) throw failure;
  return last;
}
