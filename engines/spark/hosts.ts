import type { Ended, ProcessGroups } from '../process/process-groups.ts';
import { type JobFiles, SparkHost } from './host.ts';
import type { Submission } from './submission.ts';

/** How many JVMs wait for another job, and how long in milliseconds: one takes some 500 MB. */
const IDLE = 2;
const IDLE_MS = 60_000;

/**
 * Runs the Spark jobs of a run. A JVM needs seconds of processor time to start and as much again until its code is compiled, so Python
 * jobs share one where they come one after the other; jobs at the same time have one each. A jar's own `main` may end its JVM or leave
 * threads in it: it has one to itself, as on EMR.
 */
export class SparkHosts {
  readonly #groups: ProcessGroups;
  readonly #idle = new Map<SparkHost, { readonly key: string; readonly timer: NodeJS.Timeout }>();
  readonly #ending = new Set<Promise<void>>();

  constructor(groups: ProcessGroups) {
    this.#groups = groups;
  }

  /** Runs a job to its end. */
  async run(submission: Submission, files: JobFiles): Promise<Ended> {
    const { program, args, env, python } = submission;
    if (!submission.sharesJvm) {
      const { work: cwd, log, signal } = files;
      return this.#groups.run({ program, args, env, guard: python, cwd, log, signal });
    }
    if (files.signal.aborted) return { code: 128 + 15, aborted: true, lastLines: [] };
    const key = JSON.stringify([python, submission.jvm, env]);
    const host = this.#take(key) ?? (await SparkHost.start(this.#groups, submission, files.work));
    const ended = await host.run(args, files);
    if (host.stays) this.#keep(key, host);
    return ended;
  }

  /** Ends the JVMs that wait. */
  async close(): Promise<void> {
    for (const host of [...this.#idle.keys()]) this.#end(host);
    await Promise.all(this.#ending);
  }

  #take(key: string): SparkHost | undefined {
    for (const [host, idle] of this.#idle)
      if (idle.key === key && host.stays) {
        this.#forget(host);
        return host;
      }
    return undefined;
  }

  #keep(key: string, host: SparkHost): void {
    this.#idle.set(host, { key, timer: setTimeout(() => this.#end(host), IDLE_MS).unref() });
    const [longest] = this.#idle.keys();
    if (this.#idle.size > IDLE) this.#end(longest!);
  }

  #end(host: SparkHost): void {
    this.#forget(host);
    const ended = host.end().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  #forget(host: SparkHost): void {
    clearTimeout(this.#idle.get(host)?.timer);
    this.#idle.delete(host);
  }
}
