import { isObject, type Json } from '../../../asl/json/value.ts';
import { type Account, randomId } from '../../../engines/engine.ts';
import type { Job } from './catalog.ts';

/** How long a run may take where neither it nor its job says so: two days. */
const TIMEOUT_MINUTES = 2880;

/** Fields of a job that each of its runs repeats. */
const REPEATED = ['GlueVersion', 'WorkerType', 'NumberOfWorkers', 'MaxCapacity', 'ExecutionClass'];

/** A run of a job, in the fields of Glue's JobRun. */
export class JobRun {
  readonly id: string;
  readonly jobName: string;
  readonly job: Job;
  /** The job's default arguments and the run's over them, by their names with the dashes. */
  readonly args: Readonly<Record<string, string>>;
  /** The role that it acts as. */
  readonly role: string;
  readonly attempt: number;
  readonly #account: Account;
  readonly #started: number;
  readonly #minutes: number;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isLate = false;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMEOUT' = 'RUNNING';
  #ended: { at: number; message?: string } | undefined;

  /**
   * @param given what StartJobRun was given
   * @param retried the run that failed before it, where Glue tries again by itself
   */
  constructor(account: Account, jobName: string, job: Job, given: Given, retried?: JobRun) {
    const first = retried?.id.replace(/_attempt_\d+$/, '');
    this.attempt = retried === undefined ? 0 : retried.attempt + 1;
    this.id =
      first === undefined
        ? `jr_${randomId(account.random, 64, '0123456789abcdef')}`
        : `${first}_attempt_${this.attempt}`;
    this.jobName = jobName;
    this.job = job;
    this.args = { ...texts(job.DefaultArguments), ...texts(given.Arguments), ...texts(job.NonOverridableArguments) };
    this.role = typeof job.Role === 'string' ? job.Role : '';
    this.#account = account;
    this.#started = account.clock.now();
    this.#minutes = [given.Timeout, job.Timeout].find((value) => typeof value === 'number') ?? TIMEOUT_MINUTES;
  }

  /** From now on its time runs. */
  begin(): void {
    this.#timer = setTimeout(
      () => {
        this.#isLate = true;
        this.#stop.abort();
      },
      Math.min(this.#minutes * 60_000, 2 ** 31 - 1),
    ).unref();
  }

  /** Aborted when somebody stops it, and when its time is up. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** It was given up before its end: by somebody, or because it took too long. */
  givenUp(): void {
    this.end(this.#isLate ? 'TIMEOUT' : 'STOPPED');
  }

  end(state: 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMEOUT', message?: string): void {
    clearTimeout(this.#timer);
    this.state = state;
    this.#ended = { at: this.#account.clock.now(), ...(message !== undefined && { message }) };
  }

  describe(time: (ms: number) => Json): Json {
    return {
      Id: this.id,
      JobName: this.jobName,
      Attempt: this.attempt,
      JobRunState: this.state,
      Arguments: { ...this.args },
      StartedOn: time(this.#started),
      Timeout: this.#minutes,
      ...Object.fromEntries(
        REPEATED.flatMap((name) => (this.job[name] === undefined ? [] : [[name, this.job[name]!]])),
      ),
      ...(this.#ended !== undefined && {
        CompletedOn: time(this.#ended.at),
        ExecutionTime: Math.round((this.#ended.at - this.#started) / 1000),
        ...(this.#ended.message !== undefined && { ErrorMessage: this.#ended.message }),
      }),
    };
  }
}

/** Of what StartJobRun is given, what a run here follows. */
export interface Given {
  readonly Arguments?: Json | undefined;
  /** In minutes. */
  readonly Timeout?: Json | undefined;
}

/** What a job runs, `glueetl` or `pythonshell`; undefined of one that does not say it. */
export function commandOf(job: Job): string | undefined {
  const { Name } = isObject(job.Command) ? job.Command : {};
  return typeof Name === 'string' ? Name : undefined;
}

/** Where the script of a run lies: where it says so itself, else where its job does. */
export function scriptOf({ args, job }: JobRun): string | undefined {
  const { ScriptLocation } = isObject(job.Command) ? job.Command : {};
  const location = args['--scriptLocation'] ?? ScriptLocation;
  return typeof location === 'string' ? location : undefined;
}

/** Glue's arguments are texts. */
function texts(fields: Json | undefined): Record<string, string> {
  return isObject(fields)
    ? Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
      )
    : {};
}
