import type { Json, JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { type Flow, isPromiseLike, PARK } from './flow.ts';
import type { TaskCall, TaskReply } from './options.ts';
import type { Timer } from './scheduler.ts';
import { StateFailure } from './state-failure.ts';
import type { Visit } from './visit.ts';

/** What one attempt is given. Seconds. */
export interface Attempt {
  readonly resource: string;
  readonly given: Json;
  readonly context: JsonObject;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  /** What a Map asks for: its items, or that results be written. */
  readonly asks?: Pick<TaskCall, 'reads' | 'readerConfig' | 'writes'>;
}

/** Told how an attempt fares. */
export interface Stages {
  /** It was handed over; not called where it is known at once that it could not be. */
  handed?(): void;
  /** The work is under way; not called where the call failed at once. */
  accepted?(): void;
  /** A worker took it. */
  started?(details?: { readonly workerName?: string }): void;
}

/** A request to a third party: it has a limit of its own. */
const HTTP = /:states:::http:invoke$/;

/** Why a signal is aborted; made once, since an error with its stack is dear. */
const NOBODY_WAITS = new DOMException('Nobody waits for this reply any more', 'AbortError');

export type Answer = Extract<TaskReply, { result: Json }>;

/** How a wait for a reply can end. */
type Word =
  | { readonly kind: 'reply'; readonly reply: TaskReply }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'socket' }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'defect'; readonly error: unknown };

/**
 * Hands one attempt to the handler and waits for its reply, for the timeout or for a missing heartbeat, whichever comes first.
 */
export function* awaitReply(visit: Visit, attempt: Attempt, stages: Stages = {}): Flow<Answer> {
  const { scheduler } = visit.run;
  const { clock } = scheduler;
  const me = scheduler.current;
  // Made when the handler asks for it: most handlers in a simulation never do, and an AbortController is dear.
  let abort: AbortController | undefined;
  const timers: Timer[] = [];
  const begun = clock.now();
  let waiting = true;
  let pending = false;
  let beat: Timer | undefined;
  let arrived: { readonly at: number; readonly reply: TaskReply } | undefined;
  const wake = (word: Word) => scheduler.wake(me, word);
  const timer = (at: number, word: Word): Timer => {
    // A reply of the same moment is in time.
    const made = scheduler.at(at, () =>
      wake(arrived !== undefined && arrived.at <= at ? { kind: 'reply', reply: arrived.reply } : word),
    );
    timers.push(made);
    return made;
  };
  const awaitBeat = () => {
    if (attempt.heartbeat === undefined) return;
    if (beat !== undefined) beat.cancelled = true;
    beat = timer(clock.now() + attempt.heartbeat * 1000, { kind: 'heartbeat' });
  };
  const arrive = (reply: TaskReply) => {
    const seconds = reply.durationSeconds ?? 0;
    if (seconds <= 0) {
      wake({ kind: 'reply', reply });
      return;
    }
    arrived = { at: clock.now() + Math.round(seconds * 1000), reply };
    timer(arrived.at, { kind: 'reply', reply });
  };
  const settle = (action: () => void) => {
    if (!pending) return;
    pending = false;
    scheduler.unexpect();
    scheduler.post(() => {
      if (waiting) action();
    });
  };
  try {
    const answer = visit.run.tasks({
      state: visit.name,
      resource: attempt.resource,
      arguments: attempt.given,
      attempt: visit.retryCount,
      context: attempt.context,
      ...attempt.asks,
      ...(visit.token !== undefined && { token: visit.token }),
      get signal() {
        abort ??= new AbortController();
        if (!waiting) abort.abort(NOBODY_WAITS);
        return abort.signal;
      },
      heartbeat: () => scheduler.post(() => waiting && awaitBeat()),
      started: (details) => scheduler.post(() => waiting && stages.started?.(details)),
    });
    if (!isPromiseLike(answer) && (answer.durationSeconds ?? 0) <= 0) {
      if (!('failed' in answer) || answer.failed === 'submit') stages.handed?.();
      if (!refused(answer, attempt.resource)) stages.accepted?.();
      return resultOf(answer);
    }
    stages.handed?.();
    stages.accepted?.();
    if (attempt.timeout !== undefined) timer(begun + attempt.timeout * 1000, { kind: 'timeout' });
    if (HTTP.test(attempt.resource)) timer(begun + LIMITS.httpSeconds * 1000, { kind: 'socket' });
    awaitBeat();
    if (isPromiseLike(answer)) {
      pending = true;
      scheduler.expect();
      answer.then(
        (reply) => settle(() => arrive(reply)),
        (error) => settle(() => wake({ kind: 'defect', error })),
      );
    } else {
      arrive(answer);
    }
    const word = (yield PARK) as Word;
    switch (word.kind) {
      case 'reply':
        return resultOf(word.reply);
      case 'timeout':
        throw new StateFailure('States.Timeout', undefined);
      case 'socket':
        throw new StateFailure('States.Http.Socket', `The request took more than ${LIMITS.httpSeconds} seconds.`);
      case 'heartbeat':
        throw new StateFailure('States.Timeout', undefined, 'States.HeartbeatTimeout');
    }
    throw word.error;
  } finally {
    waiting = false;
    if (pending) {
      pending = false;
      scheduler.unexpect();
    }
    for (const made of timers) made.cancelled = true;
    abort?.abort(NOBODY_WAITS);
  }
}

function resultOf(reply: TaskReply): Answer {
  if ('result' in reply) return reply;
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
  const service = resource.replace(/:\d+$/, '').split(':').at(-2) ?? '';
  return reply.error.toLowerCase().startsWith(`${PREFIXES[service] ?? service}.`);
}
