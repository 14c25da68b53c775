import { type Flow, PARK } from './flow.ts';
import type { Fiber, Scheduler } from './scheduler.ts';
import type { Run } from './visit.ts';

export interface Jobs {
  /** How many there are; undefined where a job that finds nothing to do is the end of them. */
  readonly count: number | undefined;
  /** How many may be under way; may change. */
  most(): number;
  /**
   * Does one; told the id of the event that made room for it, it answers the one of its own last event. Undefined where there is nothing
   * left to do.
   */
  job(at: number, after: number): Flow<number | undefined>;
  /** The event that the first ones follow. */
  readonly after: number;
  /** Called before the jobs that are under way are ended because one failed or nobody waits any more. */
  closing?(): void;
  /** Handed a function that looks again at how many may be under way; `fail` ends them all. */
  adjustable?(adjust: (fail?: unknown) => void): void;
}

/**
 * Runs jobs from number 0 on, the next one as soon as there is room. The first that fails ends the others.
 */
export function runPool(run: Run, jobs: Jobs): Flow<number> {
  return new Pool(run.scheduler, jobs).run();
}

/** A class, since a generator function that is made anew for each job costs more than a job: the engine makes a hidden class for it. */
class Pool {
  readonly #scheduler: Scheduler;
  readonly #jobs: Jobs;
  readonly #waiting: Fiber;
  readonly #fibers = new Set<Fiber>();
  #count: number;
  #next = 0;
  #done = 0;
  #last: number;
  #failed = false;
  #failure: unknown;

  constructor(scheduler: Scheduler, jobs: Jobs) {
    this.#scheduler = scheduler;
    this.#jobs = jobs;
    this.#waiting = scheduler.current;
    this.#count = jobs.count ?? Number.POSITIVE_INFINITY;
    this.#last = jobs.after;
  }

  *run(): Flow<number> {
    this.#jobs.adjustable?.((error) => {
      if (this.#failed || this.#done === this.#count) return;
      if (error === undefined) this.#fill();
      else this.#fail(error);
    });
    this.#fill();
    try {
      while (this.#done < this.#count && !this.#failed) yield PARK;
    } finally {
      this.#close();
    }
    if (this.#failed) throw this.#failure;
    return this.#last;
  }

  #fill(): void {
    for (const most = this.#jobs.most(); this.#next < this.#count && this.#fibers.size < most; ) {
      this.#fibers.add(this.#scheduler.spawn(this.#work(this.#next++, this.#last)));
    }
  }

  *#work(at: number, after: number): Flow<void> {
    try {
      const last = yield* this.#jobs.job(at, after);
      this.#fibers.delete(this.#scheduler.current);
      // The first that finds nothing to do shows how many there were.
      if (last === undefined) this.#count = Math.min(this.#count, at);
      else {
        this.#last = last;
        this.#done++;
      }
      this.#fill();
      if (this.#done === this.#count) this.#scheduler.wake(this.#waiting);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failed = true;
    this.#failure = error;
    this.#close();
    this.#scheduler.wake(this.#waiting);
  }

  #close(): void {
    this.#jobs.closing?.();
    for (const fiber of this.#fibers) this.#scheduler.cancel(fiber);
  }
}
