import type { Json, JsonObject } from '../json.ts';
import type { TaskCall, TaskReply } from './options.ts';
import type { Fiber, Scheduler, Timer } from './scheduler.ts';
import type { Attempt, Stages } from './task-reply.ts';
import { contextOf, type Visit } from './visit.ts';

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
export class AwaitedCall implements TaskCall {
  readonly state: string;
  readonly resource: string;
  readonly arguments: Json;
  readonly attempt: number;
  declare readonly reads?: true;
  declare readonly readerConfig?: JsonObject;
  declare readonly writes?: true;
  declare readonly token?: string;
  readonly heartbeat = (): void => this.#scheduler.post(() => this.#waiting && this.awaitBeat());
  readonly started = (details?: { readonly workerName?: string }): void =>
    this.#scheduler.post(() => this.#waiting && this.#stages.started?.(details));

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
  #beat: Timer | undefined;
  #arrived: { readonly at: number; readonly reply: TaskReply } | undefined;

  constructor(visit: Visit, attempt: Attempt, stages: Stages) {
    this.state = visit.name;
    this.resource = attempt.resource;
    this.arguments = attempt.given;
    this.attempt = visit.retryCount;
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
