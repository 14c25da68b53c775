import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/own-files.ts';
import { type Ended, LastLines, type Log, openLog, type ProcessGroups } from '../process/process-groups.ts';
import type { Submission } from './submission.ts';

export interface JobFiles {
  /** The job's working folder. */
  readonly work: string;
  /** Everything that the job prints, both streams in the order of arrival. */
  readonly log: string;
  readonly signal: AbortSignal;
}

/** A JVM that runs Spark jobs one after the other; `host.py` says how. */
export class SparkHost {
  readonly #groups: ProcessGroups;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<number>;
  #job: RunningJob | undefined;
  #ended = false;

  private constructor(groups: ProcessGroups, { python, jvm, env }: Submission, cwd: string) {
    this.#groups = groups;
    const program = join(packageRoot(), 'engines/spark/host.py');
    this.#child = groups.start({ program: python, args: [program, ...jvm], cwd, env });
    this.#closed = groups.closed(this.#child).then((code) => {
      this.#ended = true;
      return code;
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#child[stream].setEncoding('utf8');
      this.#child[stream].on('data', (text: string) => this.#job?.take(stream, text));
    }
  }

  /** @param work the folder of the first job */
  static async start(groups: ProcessGroups, submission: Submission, work: string): Promise<SparkHost> {
    // Empty, as the working folder of a step is.
    const cwd = join(work, 'cwd');
    await mkdir(cwd, { recursive: true });
    return new SparkHost(groups, submission, cwd);
  }

  /** Whether it takes another job. */
  get stays(): boolean {
    return !this.#ended;
  }

  /** Runs a job to its end. One at a time. A job that is given up ends the host. */
  async run(args: readonly string[], { log: file, signal }: JobFiles): Promise<Ended> {
    const log = await openLog(file);
    const job = new RunningJob(log);
    this.#job = job;
    const abort = () => void this.end();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      this.#child.stdin.write(`${JSON.stringify({ mark: job.mark, args })}\n`);
      const done = await Promise.race([job.done, this.#closed.then((code) => ({ code, stays: false }))]);
      if (!done.stays) await this.end();
      return { code: done.code, aborted: signal.aborted, lastLines: job.close() };
    } finally {
      signal.removeEventListener('abort', abort);
      this.#job = undefined;
      await log.close();
    }
  }

  /** Ends the JVM and everything that its jobs left. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#groups.end(this.#child);
    await this.#closed;
  }
}

interface Done {
  readonly code: number;
  readonly stays: boolean;
}

type Stream = 'stdout' | 'stderr';

/** Takes what the host prints: from the line that says that the job begins to the line that says how it ended. */
class RunningJob {
  readonly mark: string = randomUUID();
  readonly done: Promise<Done>;
  readonly #log: Log;
  readonly #last = new LastLines(200);
  /** Of each stream, what a line of the host's may still be in. */
  readonly #held = { stdout: '', stderr: '' };
  readonly #began = new Set<Stream>();
  readonly #ended = new Set<Stream>();
  #finish!: (done: Done) => void;

  constructor(log: Log) {
    this.#log = log;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  take(stream: Stream, text: string): void {
    const all = this.#held[stream] + text;
    this.#held[stream] = all;
    if (!this.#began.has(stream)) {
      // What a JVM prints while it starts is shown where it never runs the job.
      const begins = `${this.mark} begins\n`;
      const at = all.indexOf(begins);
      if (at < 0) return;
      this.#began.add(stream);
      this.#held[stream] = '';
      this.take(stream, all.slice(at + begins.length));
    } else if (!this.#ended.has(stream)) {
      const at = all.indexOf(this.mark);
      const until = at >= 0 ? at : all.length - overlap(all, this.mark);
      this.#print(stream, all.slice(0, until));
      this.#held[stream] = all.slice(until);
      const [, code, stays] = / (\d+) (stays|ends)\n/.exec(this.#held[stream]) ?? [];
      if (code === undefined) return;
      this.#held[stream] = '';
      this.#ended.add(stream);
      if (this.#ended.size === 2) this.#finish({ code: Number(code), stays: stays === 'stays' });
    }
  }

  /** No more will come. Answers the last lines. */
  close(): string[] {
    for (const stream of ['stdout', 'stderr'] as const) this.#print(stream, this.#held[stream]);
    return this.#last.lines();
  }

  #print(stream: Stream, text: string): void {
    if (text === '') return;
    this.#log.write(text);
    this.#last.add(stream === 'stdout' ? 'out' : 'err', text);
  }
}

/** How many characters at the end of `text` are the beginning of `word`. */
function overlap(text: string, word: string): number {
  for (let length = Math.min(text.length, word.length - 1); length > 0; length--)
    if (text.endsWith(word.slice(0, length))) return length;
  return 0;
}
