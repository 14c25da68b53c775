import type { Json } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { errorOfAnswer } from '../services/failed-answers.ts';
import { AwaitedCall, type Word } from './awaited-call.ts';
import { type Flow, isPromiseLike, PARK } from './flow.ts';
import type { TaskCall, TaskReply } from './options.ts';
import { StateFailure } from './state-failure.ts';
import type { Visit } from './visit.ts';

/** What one attempt is given. Seconds. */
export interface Attempt {
  readonly resource: string;
  readonly given: Json;
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

export type Answer = Extract<TaskReply, { result: Json }>;

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
    stages.accepted?.();
    if (attempt.timeout !== undefined) call.wakeAt(begun + attempt.timeout * 1000, { kind: 'timeout' });
    if (HTTP.test(attempt.resource)) call.wakeAt(begun + LIMITS.httpSeconds * 1000, { kind: 'socket' });
    call.awaitBeat();
    if (isPromiseLike(answer)) call.arriveLater(answer);
    else call.arrive(answer);
    const word = (yield PARK) as Word;
    switch (word.kind) {
      case 'reply':
        return resultOf(word.reply, attempt.resource);
      case 'timeout':
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
