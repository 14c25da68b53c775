import { isDeepStrictEqual } from 'node:util';
import type { TaskReply } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import type { MockResponse, MockResponses } from './mocks.ts';

/** One response and the invocations that it is for. */
interface Ranged {
  readonly first: number;
  readonly last: number;
  readonly response: MockResponse;
  readonly reply: TaskReply;
  /** So many calls it has answered; it is used when these are as many as its invocations. */
  answered: number;
}

/**
 * The responses of one state while it is called. A call takes the first unused response whose `Arguments` equal its own (the iterations
 * of a Map come in any order); if none does, the one of its invocation, whatever `Arguments` that has. Every call counts as an
 * invocation, and every answer uses its response, either way.
 */
export class Responses {
  /** How often the state has been called. */
  calls = 0;
  readonly #all: readonly Ranged[];
  readonly #matching: readonly Ranged[];

  constructor(mocked: MockResponses) {
    // A single invocation stands before a range that it is in: keys that are numbers come first.
    this.#all = Object.entries(mocked).map(([key, response]) => {
      const [first, last = first] = key.split('-').map(Number) as [number, number?];
      return { first, last, response, reply: replyOf(response), answered: 0 };
    });
    this.#matching = this.#all
      .filter(({ response }) => response.Arguments !== undefined)
      .sort((a, b) => a.first - b.first);
  }

  /** The answer to the next call; undefined where none is left for it. */
  next(given: Json): TaskReply | undefined {
    const invocation = this.calls++;
    const found =
      this.#matching.find((ranged) => !isUsed(ranged) && isDeepStrictEqual(ranged.response.Arguments, given)) ??
      this.#all.find(({ first, last }) => first <= invocation && invocation <= last);
    if (found !== undefined) found.answered++;
    return found?.reply;
  }
}

function isUsed({ first, last, answered }: Ranged): boolean {
  return answered > last - first;
}

function replyOf(response: MockResponse): TaskReply {
  const { DurationSeconds } = response;
  const duration = DurationSeconds === undefined ? undefined : { durationSeconds: DurationSeconds };
  if ('Return' in response) return { result: response.Return, ...duration };
  const { Error: error, Cause } = response.Throw;
  return { error: error ?? undefined, ...(typeof Cause === 'string' && { cause: Cause }), ...duration };
}
