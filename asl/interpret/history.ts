import type { JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import type { Clock, HistoryEvent } from './options.ts';
import { ExecutionEnd } from './state-failure.ts';

/** The last event of a branch: the one that the next event of that branch follows. */
export interface Trail {
  last: number;
}

export interface History {
  readonly events: readonly HistoryEvent[];
  /** Records an event after the last of its branch, and makes it the last; answers its id. */
  record(trail: Trail, type: string, details?: Details): number;
}
export type Details = { readonly [name: string]: unknown };

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
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function createHistory({ clock, type, onEvent, keep, before = [] }: HistoryOptions): History {
  const events: HistoryEvent[] = keep ? [...before] : [];
  let count = before.at(-1)?.id ?? 0;
  const most = type === 'STANDARD' ? LIMITS.historyEvents : MOST_EXPRESS_EVENTS;
  return {
    events,
    record(trail, type, details) {
      const id = count + 1;
      // The last place is kept for the event that ends the execution.
      if (id >= most && !type.startsWith('Execution')) {
        throw new ExecutionEnd(
          'FAILED',
          'States.Runtime',
          `The execution reached the maximum number of history events (${most}).`,
        );
      }
      const event: HistoryEvent = { id, previousEventId: trail.last, timestamp: clock.now(), type, ...details };
      count = id;
      trail.last = id;
      if (keep) events.push(event);
      onEvent?.(event);
      return id;
    },
  };
}

/** The log of an Express workflow has no end; an endless loop, in which virtual time stands still, must have one. */
const MOST_EXPRESS_EVENTS = 250_000;
const WHOLE = { truncated: false };

// The JSON texts in events are made when somebody looks: a long run has many events that nobody reads.

/** Details of an event with the JSON text of an input. */
export function withInput(value: unknown, rest?: Details): Details {
  return {
    ...rest,
    get input() {
      return JSON.stringify(value);
    },
    inputDetails: WHOLE,
  };
}

/** Details of an event with the JSON text of an output. */
export function withOutput(value: unknown, rest?: Details): Details {
  return {
    ...rest,
    get output() {
      return JSON.stringify(value);
    },
    outputDetails: WHOLE,
  };
}

/** What the event of a state's end says of the variables that it assigned. */
export function assignedDetails(assigned: JsonObject): Details {
  return {
    assignedVariables: Object.fromEntries(Object.entries(assigned).map(([key, value]) => [key, JSON.stringify(value)])),
    assignedVariablesDetails: WHOLE,
  };
}
