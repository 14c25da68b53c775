import { isDeepStrictEqual } from 'node:util';
import type { TaskHandler, TaskReply } from '../../asl/interpret/options.ts';
import { locate, positions } from '../../asl/json/locate.ts';
import { token } from '../../asl/json/pointer.ts';
import type { Json } from '../../asl/json/value.ts';
import type { AnswerPath } from '../../asl/services/answer-faults.ts';
import { sampleAnswer } from '../../asl/services/samples.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';

/** What a mocked task answers, and how many seconds of virtual time that takes (default 0). */
export type MockResponse = (
  | { readonly Return: Json }
  | { readonly Throw: { readonly Error?: string | null; readonly Cause?: string | null } }
) & {
  readonly DurationSeconds?: number;
  /** Goes before the order of invocations: a call with just these arguments takes this response. */
  readonly Arguments?: Json;
};

/** Responses by invocation: `"0"` is the first, `"1-2"` the two after it. */
export type MockResponses = { readonly [invocations: string]: MockResponse };

/**
 * Responses by the name of a state.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export type Mocks = { readonly [state: string]: MockResponses };

/**
 * Answers tasks from mocks; `otherwise` answers those without one. Invocations of a state are counted over the whole execution
 * (retries, loops and iterations alike), and one for which there is no response fails with States.Runtime, both as in Step Functions
 * Local.
 */
export function mockTasks(mocks: Mocks, otherwise: TaskHandler = echo): TaskHandler {
  const responses = new Map(Object.entries(mocks).map(([state, mocked]) => [state, new Responses(mocked)]));
  return (call) => {
    const mocked = responses.get(call.state);
    // A Map's results are written beside what its state is mocked with.
    if (mocked === undefined || call.writes === true) return otherwise(call);
    return mocked.next(call.arguments) ?? exhausted(call.state, mocked.calls - 1);
  };
}

/**
 * A task without a mock answers its sample: the one given for its state, else one made from the model of its service's answers. Without
 * samples, or where no model is known, it answers its own arguments.
 */
export function samplesOrArguments(samples?: { readonly [state: string]: Json }): TaskHandler {
  return (call) => {
    // A simulation writes nothing anywhere.
    if (call.writes === true) return { result: {} };
    if (call.reads === true) return unread(call.state);
    return { result: samples?.[call.state] ?? (samples && sampleAnswer(call.resource)) ?? call.arguments };
  };
}

const echo = samplesOrArguments();

function unread(state: string): TaskReply {
  return {
    error: 'States.ItemReaderFailed',
    cause: `A simulation reads no data: mock the items of the Map '${state}' under its name.`,
  };
}

function exhausted(state: string, invocation: number): TaskReply {
  return {
    error: 'States.Runtime',
    cause: `The mocks of the state '${state}' have no response for invocation ${invocation}.`,
  };
}

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
class Responses {
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

/** The key of a response that answers every call. */
export const EVERY_INVOCATION = `0-${Number.MAX_SAFE_INTEGER}`;

/** `crawl.0.Return.Crawler.State`. */
export function placeText(place: readonly string[], path: AnswerPath): string {
  const steps = place.filter((step) => step !== EVERY_INVOCATION);
  return [...steps, ...path].reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** A JSON pointer (RFC 6901). */
export function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${token(String(step))}`).join('');
}

/** The diagnostics whose `path` leads into the JSON of a file, with the line and the column where it stands there. */
export function placedIn(text: string, file: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const pointers = found.flatMap(({ path }) => (path === undefined ? [] : [path]));
  // Standard input cannot be shown again.
  if (pointers.length === 0 || file === '-') return found;
  const offsets = locate(text, pointers);
  const positionOf = positions(text);
  return found.map((one) => {
    const at = one.path === undefined ? undefined : offsets.get(one.path);
    return at === undefined ? one : { ...one, place: { file, ...positionOf(at.key) } };
  });
}
