import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import { remembered } from '../remembered.ts';
import { createTexts, type TextOf } from './json-text.ts';
import type { Clock, HistoryEvent } from './options.ts';
import { ExecutionEnd } from './state-failure.ts';

/**
 * The last event of a branch: the one that the next event of that branch follows. What says only how something ended within the branch
 * (`MapIterationSucceeded`, `MapStateSucceeded` …) is recorded beside it and becomes no last event.
 */
export interface Trail {
  last: number;
}

/** What the event says beside its type. */
export type Details = { readonly [name: string]: unknown };
/**
 * A type of event, and how one is made of the two things that are recorded of it. Each kind writes its event as one literal: objects of
 * one shape without copying are several times as fast as details that are spread into the event.
 */
export interface Kind<A, B> {
  readonly type: string;
  make(id: number, previousEventId: number, timestamp: number, a: A, b: B, text: TextOf): HistoryEvent;
}

export interface HistoryOptions {
  readonly clock: Clock;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
  /** Whether events are kept; else they only go to `onEvent`. */
  readonly keep: boolean;
  /** What there is already: new events follow these. */
  readonly before?: readonly HistoryEvent[] | undefined;
}

/**
 * The history of one execution. The event past the limit ends the execution.
 *
 * What is recorded is made into events only when somebody looks (or listens): the JSON texts in them cost more than everything
 * else that an execution does, and many executions have a history that nobody reads.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export class History {
  readonly #clock: Clock;
  readonly #onEvent: HistoryOptions['onEvent'];
  readonly #keeps: boolean;
  readonly #most: number;
  readonly #events: HistoryEvent[];
  readonly #recording = new Recording();
  readonly #text = lastText();
  #count: number;

  constructor({ clock, type, onEvent, keep, before = [] }: HistoryOptions) {
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.#keeps = keep;
    this.#most = type === 'STANDARD' ? LIMITS.historyEvents : MOST_EXPRESS_EVENTS;
    this.#events = keep ? [...before] : [];
    this.#count = before.at(-1)?.id ?? 0;
  }

  /** What was kept. They are made when they are first asked for. */
  get events(): readonly HistoryEvent[] {
    this.#recording.drain(this.#count, this.#events);
    return this.#events;
  }

  /** Records an event after the last of its branch, and makes it the last; answers its id. */
  record(trail: Trail, type: string, details?: Details): number {
    return this.recordKind(trail, generalKind(type), details, undefined);
  }

  /** The same for an event that nothing of its branch follows: what comes next follows what it follows itself. */
  recordBeside(trail: Trail, type: string, details?: Details): number {
    return this.recordKindBeside(trail, generalKind(type), details, undefined);
  }

  /** `record` for an event that has JSON texts, or of which there are many: it is made of `a` and `b` when somebody looks. */
  recordKind<A, B>(trail: Trail, kind: Kind<A, B>, a: A, b: B): number {
    const id = this.#count + 1;
    // The last place is kept for the event that ends the execution.
    if (id >= this.#most && !kind.type.startsWith('Execution')) {
      throw new ExecutionEnd(
        'FAILED',
        'States.Runtime',
        `The execution reached the maximum number of history events (${this.#most}).`,
      );
    }
    const previous = trail.last;
    this.#count = id;
    trail.last = id;
    if (this.#onEvent !== undefined) {
      const event = kind.make(id, previous, this.#clock.now(), a, b, this.#text);
      if (this.#keeps) this.#events.push(event);
      this.#onEvent(event);
    } else if (this.#keeps) {
      this.#recording.add(previous, this.#clock.now(), kind, a, b);
    }
    return id;
  }

  /** `recordBeside` for such an event. */
  recordKindBeside<A, B>(trail: Trail, kind: Kind<A, B>, a: A, b: B): number {
    const { last } = trail;
    const id = this.recordKind(trail, kind, a, b);
    trail.last = last;
    return id;
  }
}

/** The log of an Express workflow has no end; an endless loop, in which virtual time stands still, must have one. */
const MOST_EXPRESS_EVENTS = 250_000;
/** Beside a text that has not been cut. */
export const WHOLE = { truncated: false };

/** What the event of a state's end says of the variables that it assigned. */
export function assignedDetails(assigned: JsonObject, text: TextOf): Details {
  return {
    assignedVariables: Object.fromEntries(Object.entries(assigned).map(([key, value]) => [key, text(value)])),
    assignedVariablesDetails: WHOLE,
  };
}

/** An event of any type whose details are known when it is recorded. */
const generalKind = remembered(
  (type): Kind<Details | undefined, undefined> => ({
    type,
    make: (id, previousEventId, timestamp, details) => ({ id, previousEventId, timestamp, type, ...details }),
  }),
);

/**
 * What was recorded and has not been made into events yet, in columns: a long run has very many events, and an object for each of
 * them is one more that the garbage collector has to move (a fifth of a run's time).
 */
class Recording {
  #previous: number[] = [];
  #timestamps: number[] = [];
  #kinds: Kind<never, never>[] = [];
  #a: unknown[] = [];
  #b: unknown[] = [];

  add<A, B>(previous: number, timestamp: number, kind: Kind<A, B>, a: A, b: B): void {
    this.#previous.push(previous);
    this.#timestamps.push(timestamp);
    this.#kinds.push(kind);
    this.#a.push(a);
    this.#b.push(b);
  }

  /** Makes events of all of it, the last of which has this id, and forgets it. */
  drain(last: number, into: HistoryEvent[]): void {
    const kinds = this.#kinds;
    if (kinds.length === 0) return;
    const [previous, timestamps, a, b] = [this.#previous, this.#timestamps, this.#a, this.#b];
    const text = createTexts();
    const before = last - kinds.length;
    for (let at = 0; at < kinds.length; at++) {
      const [of, made] = [kinds[at] as Kind<never, never>, before + at + 1];
      into.push(of.make(made, previous[at] as number, timestamps[at] as number, a[at] as never, b[at] as never, text));
    }
    this.#previous = [];
    this.#timestamps = [];
    this.#kinds = [];
    this.#a = [];
    this.#b = [];
  }
}

/**
 * Texts of values while the execution goes on. Only the last one is kept: what a state hands on is what the next one is given, and
 * whoever made an older value may have changed it since.
 */
function lastText(): TextOf {
  let lastValue: unknown;
  let last: string | undefined;
  return (value) => {
    if (last === undefined || value !== lastValue) {
      last = JSON.stringify(value);
      lastValue = value;
    }
    return last;
  };
}

/** How an execution, or a child execution of a Map, begins. */
export const EXECUTION_STARTED: Kind<Json, Details> = {
  type: 'ExecutionStarted',
  make: (id, previousEventId, timestamp, input, rest, text) => ({
    id,
    previousEventId,
    timestamp,
    type: 'ExecutionStarted',
    executionStartedEventDetails: { ...rest, input: text(input), inputDetails: WHOLE },
  }),
};

/** How it ends where it did not fail. */
export const EXECUTION_SUCCEEDED: Kind<Json, undefined> = {
  type: 'ExecutionSucceeded',
  make: (id, previousEventId, timestamp, output, _, text) => ({
    id,
    previousEventId,
    timestamp,
    type: 'ExecutionSucceeded',
    executionSucceededEventDetails: { output: text(output), outputDetails: WHOLE },
  }),
};
