import type { Json, JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { createEventMaker } from './make-event.ts';
import type { Clock, HistoryEvent } from './options.ts';
import { Recording } from './recording.ts';
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
