import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import { errorOfAnswer } from '../services/failed-answers.ts';
import { type Flow, isPromiseLike, PARK } from './flow.ts';
import type { TaskCall, TaskReply } from './options.ts';
import type { Fiber, Scheduler, Timer } from './scheduler.ts';
import { StateFailure } from './state-failure.ts';
import { contextOf, type Visit } from './visit.ts';

/** What one attempt is given. Seconds. */
export interface Attempt {
  readonly resource: string;
  readonly given: Json;
  readonly roleArn?: string | undefined;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  /** What a Map asks for: its items, or that results be written. */
  readonly asks?: Pick<TaskCall, 'reads' | 'readerConfig' | 'writes'>;
}

/** Told how an attempt fares. */
export interface Stages {
  /** It was handed over; not called where it is known at once that it could not be. */
  handed?(): void;
  /** The work is under way, with what the service answered to it, where that is known; not called where the call failed at once. */
  accepted?(answer?: Json): void;
  /** A worker took it. */
  started?(details?: { readonly workerName?: string }): void;
}

/** A job that is waited for. */
const JOB = /\.sync(?::2)?$/;

/** A request to a third party: it has a limit of its own. */
const HTTP = /:states:::http:invoke$/;

export type Answer = Exclude<TaskReply, { error: string | undefined }>;

/**
 * Hands one attempt to the handler and waits for its reply, for the timeout or for a missing heartbeat, whichever comes first.
 */
export function* awaitReply(visit: Visit, attempt: Attempt, stages: Stages = {}): Flow<Answer> {
  const begun = visit.run.scheduler.clock.now();
  const call = new AwaitedCall(visit, attempt, stages);
  try {
    const answer = visit.run.tasks(call);
    if (!isPromiseLike(answer) && (answer.durationSeconds ?? 0) <= 0) {
      if (!('failed' in answer) || answer.failed === 'submit') stages.handed?.();
      if (!refused(answer, attempt.resource)) stages.accepted?.();
      return resultOf(answer, attempt.resource);
    }
    stages.handed?.();
    if (!call.saysSubmitted(answer)) stages.accepted?.();
    if (attempt.timeout !== undefined) call.wakeAt(begun + attempt.timeout * 1000, { kind: 'timeout' });
    if (HTTP.test(attempt.resource)) call.wakeAt(begun + LIMITS.httpSeconds * 1000, { kind: 'socket' });
    call.awaitBeat();
    if (isPromiseLike(answer)) call.arriveLater(answer);
    else call.arrive(answer);
    const word = (yield PARK) as Word;
    switch (word.kind) {
      case 'reply':
        if (!refused(word.reply, attempt.resource)) call.submittedByNow();
        return resultOf(word.reply, attempt.resource);
      case 'timeout':
        call.submittedByNow();
        throw new StateFailure('States.Timeout', undefined);
      case 'socket':
        throw new StateFailure('States.Http.Socket', `The request took more than ${LIMITS.httpSeconds} seconds.`);
      case 'heartbeat':
        throw new StateFailure('States.Timeout', undefined, 'States.HeartbeatTimeout');
    }
    throw word.error;
  } finally {
    call.close();
  }
}

function resultOf(reply: TaskReply, resource: string): Answer {
  if ('result' in reply) {
    const failure = errorOfAnswer(resource, reply.result);
    if (failure) throw new StateFailure(failure.error, failure.cause);
    return reply;
  }
  if ('items' in reply) return reply;
  // Documented otherwise, but States.ALL has been seen to catch one that a task raised.
  const alias = reply.error === 'States.DataLimitExceeded' ? 'States.ALL' : undefined;
  throw new StateFailure(reply.error, reply.cause, alias, reply.failed);
}

/** What errors are called after, where it is not the service's name in the resource. */
const PREFIXES: { readonly [service: string]: string } = { states: 'stepfunctions', events: 'eventbridge' };

/** `Glue.EntityNotFoundException` at once, of Glue: the call itself was refused, so nothing was ever submitted. */
function refused(reply: TaskReply, resource: string): boolean {
  if (!('error' in reply)) return false;
  if (reply.failed !== undefined) return true;
  if (reply.error === undefined) return false;
  const service = (resource.replace(/:\d+$/, '').split(':').at(-2) ?? '').replaceAll('-', '');
  return reply.error.toLowerCase().startsWith(`${PREFIXES[service] ?? service}.`);
}

/** Why a signal is aborted; made once, since an error with its stack is dear. */
const NOBODY_WAITS = new DOMException('Nobody waits for this reply any more', 'AbortError');

/** How a wait for a reply can end. */
export type Word =
  | { readonly kind: 'reply'; readonly reply: TaskReply }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'socket' }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'defect'; readonly error: unknown };

/**
 * What a handler is given of an attempt, and who waits for its reply. A class, and not an object with getters, since most calls of
 * a simulation are answered at once: such a call then costs little more than its fields (a tenth of a Task's time was the getters).
 */
class AwaitedCall implements TaskCall {
  readonly state: string;
  readonly resource: string;
  readonly arguments: Json;
  readonly attempt: number;
  declare readonly roleArn?: string;
  declare readonly reads?: true;
  declare readonly readerConfig?: JsonObject;
  declare readonly writes?: true;
  declare readonly token?: string;
  readonly heartbeat = (): void => this.#scheduler.post(() => this.#waiting && this.awaitBeat());
  readonly started = (details?: { readonly workerName?: string }): void =>
    this.#scheduler.post(() => this.#waiting && this.#stages.started?.(details));

  readonly submitted = (answer: Json): void => this.#scheduler.post(() => this.#waiting && this.#submit(answer));

  readonly #visit: Visit;
  readonly #heartbeatSeconds: number | undefined;
  readonly #stages: Stages;
  readonly #scheduler: Scheduler;
  readonly #fiber: Fiber;
  #context: JsonObject | undefined;
  #abort: AbortController | undefined;
  #timers: Timer[] | undefined;
  #waiting = true;
  #pending = false;
  /** Whether `TaskSubmitted` is still to be recorded. */
  #unsubmitted = false;
  #beat: Timer | undefined;
  #arrived: { readonly at: number; readonly reply: TaskReply } | undefined;

  constructor(visit: Visit, attempt: Attempt, stages: Stages) {
    this.state = visit.name;
    this.resource = attempt.resource;
    this.arguments = attempt.given;
    this.attempt = visit.retryCount;
    if (attempt.roleArn !== undefined) this.roleArn = attempt.roleArn;
    if (attempt.asks !== undefined) Object.assign(this, attempt.asks);
    if (visit.token !== undefined) this.token = visit.token;
    this.#visit = visit;
    this.#heartbeatSeconds = attempt.heartbeat;
    this.#stages = stages;
    this.#scheduler = visit.run.scheduler;
    this.#fiber = this.#scheduler.current;
  }

  /** Made when it is asked for, as the signal. */
  get context(): JsonObject {
    this.#context ??= contextOf(this.#visit);
    return this.#context;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (!this.#waiting) this.#abort.abort(NOBODY_WAITS);
    return this.#abort.signal;
  }

  /** Whether the handler may still say what the service answered to the job: the reply to it is on its way. */
  saysSubmitted(reply: TaskReply | Promise<TaskReply>): boolean {
    this.#unsubmitted = isPromiseLike(reply) && JOB.test(this.resource);
    return this.#unsubmitted;
  }

  /** The job has ended: it was taken before, whether anybody said so or not. */
  submittedByNow(): void {
    this.#submit(undefined);
  }

  #submit(answer: Json | undefined): void {
    if (!this.#unsubmitted) return;
    this.#unsubmitted = false;
    this.#stages.accepted?.(answer);
  }

  /** The reply is there, and is heard when its time has passed. */
  arrive(reply: TaskReply): void {
    const seconds = reply.durationSeconds ?? 0;
    if (seconds <= 0) {
      this.#wake({ kind: 'reply', reply });
      return;
    }
    this.#arrived = { at: this.#scheduler.clock.now() + Math.round(seconds * 1000), reply };
    this.wakeAt(this.#arrived.at, { kind: 'reply', reply });
  }

  /** The reply comes from outside, whenever it likes. */
  arriveLater(reply: Promise<TaskReply>): void {
    this.#pending = true;
    this.#scheduler.expect();
    reply.then(
      (known) => this.#settle(() => this.arrive(known)),
      (error) => this.#settle(() => this.#wake({ kind: 'defect', error })),
    );
  }

  wakeAt(at: number, word: Word): Timer {
    // A reply of the same moment is in time.
    const timer = this.#scheduler.at(at, () => {
      const arrived = this.#arrived;
      this.#wake(arrived !== undefined && arrived.at <= at ? { kind: 'reply', reply: arrived.reply } : word);
    });
    this.#timers ??= [];
    this.#timers.push(timer);
    return timer;
  }

  awaitBeat(): void {
    if (this.#heartbeatSeconds === undefined) return;
    if (this.#beat !== undefined) this.#beat.cancelled = true;
    this.#beat = this.wakeAt(this.#scheduler.clock.now() + this.#heartbeatSeconds * 1000, { kind: 'heartbeat' });
  }

  /** Nobody waits any more. */
  close(): void {
    this.#waiting = false;
    if (this.#pending) {
      this.#pending = false;
      this.#scheduler.unexpect();
    }
    for (const timer of this.#timers ?? []) timer.cancelled = true;
    this.#abort?.abort(NOBODY_WAITS);
  }

  #settle(action: () => void): void {
    if (!this.#pending) return;
    this.#pending = false;
    this.#scheduler.unexpect();
    this.#scheduler.post(() => {
      if (this.#waiting) action();
    });
  }

  #wake(word: Word): void {
    this.#scheduler.wake(this.#fiber, word);
  }
}
