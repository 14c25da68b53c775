import type { Json } from '../../../asl/json/value.ts';
import type { Arguments } from '../../../engines/arguments.ts';
import { ServiceError } from '../../../engines/engine.ts';
import { type ActionOnFailure, Step } from './step.ts';

/** Milliseconds as the integration at hand shows them. */
export type ShowTime = (ms: number) => Json;

const ACTIONS: readonly string[] = [
  'CONTINUE',
  'CANCEL_AND_WAIT',
  'TERMINATE_CLUSTER',
  'TERMINATE_JOB_FLOW',
] satisfies ActionOnFailure[];

/** A cluster: places for steps, until it is terminated. */
export class Cluster {
  readonly id: string;
  readonly steps = new Map<string, Step>();
  readonly #about: {
    readonly name: string;
    readonly release: string | undefined;
    readonly concurrency: number;
    readonly tags: Json;
    readonly now: () => number;
  };
  /** The instance profile: the role that its machines, and so its steps, act as. */
  readonly profile: string | undefined;
  readonly #slots: Slots;
  readonly created: number;
  /** Aborted when the cluster is terminated: its steps end with it. */
  readonly #end = new AbortController();
  #ended: { at: number; code: string; message: string } | undefined;
  readonly #running = new Set<Promise<void>>();
  /** Of steps that have not ended: what cancels each. */
  readonly #cancels = new Map<Step, AbortController>();

  constructor(about: {
    id: string;
    name: string;
    release: string | undefined;
    concurrency: number;
    profile: string | undefined;
    tags: Json;
    now: () => number;
  }) {
    this.id = about.id;
    this.profile = about.profile;
    this.#about = about;
    this.#slots = new Slots(about.concurrency);
    this.created = about.now();
  }

  get name(): string {
    return this.#about.name;
  }

  get state(): 'RUNNING' | 'WAITING' | 'TERMINATED' | 'TERMINATED_WITH_ERRORS' {
    if (this.#ended === undefined) return this.#running.size > 0 ? 'RUNNING' : 'WAITING';
    return this.#ended.code === 'USER_REQUEST' ? 'TERMINATED' : 'TERMINATED_WITH_ERRORS';
  }

  /** Takes a step in, or refuses it as EMR does. */
  add(args: Arguments, id: string, error: string): Step {
    const refuse = (message: string) =>
      new ServiceError(
        error,
        `${message} (Service: AmazonElasticMapReduce; Status Code: 400; Error Code: ValidationException)`,
      );
    if (this.#ended !== undefined)
      throw refuse('A job flow that is shutting down, terminated, or finished may not be modified.');
    const action = args.has('ActionOnFailure') ? args.string('ActionOnFailure') : 'CONTINUE';
    if (!ACTIONS.includes(action)) throw refuse(`ActionOnFailure ${action} is not one of ${ACTIONS.join(', ')}.`);
    if (this.#about.concurrency > 1 && action !== 'CONTINUE')
      throw refuse(
        `A cluster with StepConcurrencyLevel ${this.#about.concurrency} takes only steps with ActionOnFailure CONTINUE.`,
      );
    const jar = args.object('HadoopJarStep');
    const step = new Step({
      id,
      name: args.string('Name'),
      action: action as ActionOnFailure,
      jar: jar.string('Jar'),
      args: jar.has('Args') ? jar.strings('Args') : [],
      now: this.#about.now,
    });
    this.steps.set(step.id, step);
    return step;
  }

  /** Runs a step in its turn. It is cancelled when the caller gives it up or the cluster is terminated before or while it runs. */
  run(step: Step, caller: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const cancel = new AbortController();
    this.#cancels.set(step, cancel);
    const signal = AbortSignal.any([caller, this.#end.signal, cancel.signal]);
    const run = this.#slots.during(async () => {
      if (signal.aborted || step.state !== 'PENDING') return step.cancel();
      await work(signal);
      if (hasFailed(step)) this.#afterFailure(step);
    });
    this.#running.add(run);
    const ended = () => {
      this.#running.delete(run);
      this.#cancels.delete(step);
    };
    run.then(ended, ended);
    return run;
  }

  /** Cancels a step that waits or runs; answers whether there was something to cancel. */
  cancel(step: Step): boolean {
    const cancel = this.#cancels.get(step);
    if (step.state === 'PENDING') step.cancel();
    cancel?.abort();
    return cancel !== undefined;
  }

  terminate(code: string, message: string): void {
    this.#ended ??= { at: this.#about.now(), code, message };
    this.#end.abort();
  }

  async ended(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  describe(time: ShowTime): Json {
    const ended = this.#ended;
    return {
      Id: this.id,
      Name: this.#about.name,
      ...(this.#about.release !== undefined && { ReleaseLabel: this.#about.release }),
      StepConcurrencyLevel: this.#about.concurrency,
      Tags: this.#about.tags,
      Status: {
        State: this.state,
        StateChangeReason: ended === undefined ? {} : { Code: ended.code, Message: ended.message },
        Timeline: {
          CreationDateTime: time(this.created),
          ReadyDateTime: time(this.created),
          ...(ended !== undefined && { EndDateTime: time(ended.at) }),
        },
      },
    };
  }

  #afterFailure(step: Step): void {
    if (step.action === 'CANCEL_AND_WAIT')
      for (const other of this.steps.values()) if (other.state === 'PENDING') other.cancel();
    if (step.action === 'TERMINATE_CLUSTER' || step.action === 'TERMINATE_JOB_FLOW')
      this.terminate('STEP_FAILURE', 'Shut down as step failed');
  }
}

function hasFailed(step: Step): boolean {
  return step.state === 'FAILED';
}

/** So many at a time; the rest wait in the order in which they came. */
export class Slots {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
