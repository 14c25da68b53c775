import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import type { Clock, HistoryEvent } from './options.ts';
import { ExecutionEnd } from './state-failure.ts';

/**
 * The last event of a branch: the one that the next event of that branch follows. What says only how something ended within the branch
 * (`MapIterationSucceeded`, `MapStateSucceeded` …) is recorded beside it and becomes no last event.
 */
export interface Trail {
  last: number;
}

export interface History {
  /** What was kept. They are made when they are first asked for. */
  readonly events: readonly HistoryEvent[];
  /** Records an event after the last of its branch, and makes it the last; answers its id. */
  record(trail: Trail, type: string, details?: Details): number;
  /** The same for an event that nothing of its branch follows: what comes next follows what it follows itself. */
  recordBeside(trail: Trail, type: string, details?: Details): number;
  /** The same for an event that has JSON texts, or of which there are many: its details are made of `a` and `b` when somebody looks. */
  recordKind<A, B>(trail: Trail, kind: Kind<A, B>, a: A, b: B): number;
}
/** What the event says beside its type. */
export type Details = { readonly [name: string]: unknown };
/** The JSON text of a value. */
export type TextOf = (value: Json) => string;
/** A type of event, and how its details are made of what is recorded of it. */
export interface Kind<A, B> {
  readonly type: string;
  readonly details: (a: A, b: B, text: TextOf) => Details | undefined;
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
export function createHistory({ clock, type, onEvent, keep, before = [] }: HistoryOptions): History {
  const events: HistoryEvent[] = keep ? [...before] : [];
  const recording = new Recording();
  const make = createEventMaker();
  let count = before.at(-1)?.id ?? 0;
  /** Up to this one they are events already. */
  let made = count;
  const most = type === 'STANDARD' ? LIMITS.historyEvents : MOST_EXPRESS_EVENTS;
  return {
    get events() {
      recording.drain((...recorded) => events.push(make(++made, ...recorded)));
      return events;
    },
    record: (trail, type, details) => add(trail, { type, details: itself }, details, undefined),
    recordBeside: (trail, type, details) => {
      const { last } = trail;
      const id = add(trail, { type, details: itself }, details, undefined);
      trail.last = last;
      return id;
    },
    recordKind: add,
  };

  function add<A, B>(trail: Trail, kind: Kind<A, B>, a: A, b: B): number {
    const id = count + 1;
    // The last place is kept for the event that ends the execution.
    if (id >= most && !kind.type.startsWith('Execution')) {
      throw new ExecutionEnd(
        'FAILED',
        'States.Runtime',
        `The execution reached the maximum number of history events (${most}).`,
      );
    }
    const previous = trail.last;
    count = id;
    trail.last = id;
    if (onEvent !== undefined) {
      const event = make(id, previous, clock.now(), kind, a, b);
      if (keep) events.push(event);
      onEvent(event);
    } else if (keep) {
      recording.add(previous, clock.now(), kind, a, b);
    }
    return id;
  }
}

function itself(details: Details | undefined): Details | undefined {
  return details;
}

/** The log of an Express workflow has no end; an endless loop, in which virtual time stands still, must have one. */
const MOST_EXPRESS_EVENTS = 250_000;
/** Beside a text that has not been cut. */
export const WHOLE = { truncated: false };

/** Details of an event with an input. */
export function withInput(input: string, rest?: Details): Details {
  return { ...rest, input, inputDetails: WHOLE };
}

/** Details of an event with an output. */
export function withOutput(output: string, rest?: Details): Details {
  return { ...rest, output, outputDetails: WHOLE };
}

/** What the event of a state's end says of the variables that it assigned. */
export function assignedDetails(assigned: JsonObject, text: TextOf): Details {
  return {
    assignedVariables: Object.fromEntries(Object.entries(assigned).map(([key, value]) => [key, text(value)])),
    assignedVariablesDetails: WHOLE,
  };
}

/** What is recorded of one event. */
export type Recorded = readonly [previous: number, timestamp: number, kind: Kind<never, never>, a: unknown, b: unknown];

/**
 * What was recorded and has not been made into events yet, in columns: a long run has very many events, and an object for each of
 * them is one more that the garbage collector has to move (a fifth of a run's time).
 */
export class Recording {
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

  /** Hands over all of it, in order, and forgets it. */
  drain(take: (...recorded: Recorded) => void): void {
    for (let at = 0; at < this.#kinds.length; at++) {
      take(
        this.#previous[at] as number,
        this.#timestamps[at] as number,
        this.#kinds[at] as Kind<never, never>,
        this.#a[at],
        this.#b[at],
      );
    }
    this.#previous = [];
    this.#timestamps = [];
    this.#kinds = [];
    this.#a = [];
    this.#b = [];
  }
}

/** Makes events of what was recorded, of one history in its order. */
export function createEventMaker(): (id: number, ...recorded: Recorded) => HistoryEvent {
  // What a state hands on is what the next one is given, and often what the state was given itself: the text of the value before
  // is the right one for two events of three.
  let lastValue: unknown;
  let lastText: string | undefined;
  const text: TextOf = (value) => {
    if (lastText === undefined || value !== lastValue) {
      lastText = JSON.stringify(value);
      lastValue = value;
    }
    return lastText;
  };
  return (id, previousEventId, timestamp, { type, details }, a, b) => ({
    id,
    previousEventId,
    timestamp,
    type,
    ...details(a as never, b as never, text),
  });
}

/** How an execution, or a child execution of a Map, begins. */
export const EXECUTION_STARTED: Kind<Json, Details> = {
  type: 'ExecutionStarted',
  details: (input, rest, text) => ({ executionStartedEventDetails: withInput(text(input), rest) }),
};

/** How it ends where it did not fail. */
export const EXECUTION_SUCCEEDED: Kind<Json, undefined> = {
  type: 'ExecutionSucceeded',
  details: (output, _, text) => ({ executionSucceededEventDetails: withOutput(text(output)) }),
};
