import type { Execution } from '../../asl/interpret/options.ts';
import type { ExecutionRecord } from '../store/records.ts';
import { type Running, type RunOptions, run } from './run.ts';

/** Why an execution is stopped, as StopExecution takes it. */
export interface StopReason {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** The executions that are under way in this process. */
export class Executions {
  readonly #options: RunOptions;
  readonly #running = new Map<string, Running>();
  #closing: StopReason | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Runs an execution whose record is written, from its beginning or from where it stood. */
  begin(record: ExecutionRecord): Running {
    const running = run(record, this.#options);
    this.#running.set(record.arn, running);
    const gone = () => this.#running.delete(record.arn);
    running.ended.then(gone, gone);
    if (this.#closing !== undefined) running.stop(this.#closing);
    return running;
  }

  get(arn: string): Running | undefined {
    return this.#running.get(arn);
  }

  running(): Running[] {
    return [...this.#running.values()];
  }

  /** Aborts an execution; resolves when its end is written. */
  async stop(arn: string, reason: StopReason): Promise<Execution | undefined> {
    const running = this.#running.get(arn);
    running?.stop(reason);
    return running?.ended;
  }

  /** Aborts everything that is under way, and whatever still begins; resolves when all ends are written. */
  async close(reason: StopReason): Promise<void> {
    this.#closing = reason;
    for (const running of this.#running.values()) running.stop(reason);
    while (this.#running.size > 0) {
      await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
    }
  }
}
