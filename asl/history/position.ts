import type { HistoryEvent } from '../interpret/options.ts';
import { matches, StateFailure } from '../interpret/state-failure.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { States } from '../language/types.ts';
import { checkHistory, jsonIn, unfitHistory } from './events.ts';
import { type Frame, framesOf, type Stay } from './frames.ts';

/** Where a machine, a branch of a Parallel or an iteration of a Map stood when its execution ended. */
export interface Position {
  /** The id of its last event. */
  readonly last: number;
  /** What it had assigned in its own scope. */
  readonly variables: JsonObject;
  /** An iteration whose success is in the history already. */
  readonly succeeded: boolean;
  readonly at: Done | Waiting | Fresh;
}

/** It had come to its end. */
export interface Done {
  readonly kind: 'done';
  readonly output: Json;
}
/** It was in a state, or about to enter it. */
export interface Waiting {
  readonly kind: 'state';
  readonly name: string;
  readonly input: Json;
  /** Missing where the state had not been entered. */
  readonly entered?: { readonly id: number; readonly after: number; readonly at: number };
  /** What had begun inside the state. */
  readonly inside?: Inside;
}
/** It had not entered a state. */
export interface Fresh {
  readonly kind: 'fresh';
}

/** The branches of a Parallel or the iterations of an inline Map by their number, or the run of a distributed Map. */
export interface Inside {
  readonly parts: ReadonlyMap<number, Position>;
  readonly mapRun?: { readonly arn: string; readonly redriveCount: number; readonly startedAt: number };
  /** How many items the Map went over. */
  readonly length?: number;
}

/** What a history says of an execution that is to go on. */
export interface Past {
  readonly input: Json;
  /** Milliseconds. */
  readonly startedAt: number;
  /** The id of its last event. */
  readonly last: number;
  readonly position: Position;
}

const LIMIT = 'States.DataLimitExceeded';

/**
 * Reads off a history where the execution stood: which branches and iterations had come to their ends, and with what outputs; in which
 * states the others were, with which input and which variables. Whoever recorded it, whole or cut off anywhere.
 */
export function pastOf(states: States, events: readonly HistoryEvent[]): Past {
  checkHistory(events);
  const started = events.find(({ type }) => type === 'ExecutionStarted');
  const input = (started?.executionStartedEventDetails as { readonly input?: unknown } | undefined)?.input;
  if (started === undefined || typeof input !== 'string')
    throw unfitHistory('A redrive needs the history from ExecutionStarted on, with its execution data');
  return {
    input: jsonIn(input, started, 'an input'),
    startedAt: started.timestamp,
    last: events.at(-1)?.id ?? 0,
    position: positionOf(framesOf(states, events), endedBy(events)),
  };
}

/** The error that the execution ended with. */
function endedBy(events: readonly HistoryEvent[]): string | undefined {
  const details = events.at(-1)?.executionFailedEventDetails as { readonly error?: string } | undefined;
  return details?.error;
}

function positionOf(frame: Frame, ended: string | undefined): Position {
  const { stay, last, variables, succeeded } = frame;
  const stood = { last, variables, succeeded };
  if (stay === undefined) return { ...stood, at: { kind: 'fresh' } };
  const { name, input, exit } = stay;
  const entered = { id: stay.id, after: stay.after, at: stay.at };
  // Which way a Choice went is not in the history: it chooses anew, from what it saw.
  if (exit === undefined || stay.state.Type === 'Choice') {
    const inside = insideOf(stay, ended);
    return { ...stood, at: { kind: 'state', name, input, entered, ...(inside !== undefined && { inside }) } };
  }
  const next = nextOf(stay);
  return {
    ...stood,
    variables: { ...variables, ...exit.assigned },
    at: next === undefined ? { kind: 'done', output: exit.output } : { kind: 'state', name: next, input: exit.output },
  };
}

/** Where a state that was left goes on: where a Catch says, if its last attempt failed. */
function nextOf({ state, failure }: Stay): string | undefined {
  if (failure !== undefined && 'Catch' in state) {
    const failed = new StateFailure(failure.error, undefined);
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(failed, ErrorEquals));
    if (catcher !== undefined) return catcher.Next;
  }
  return 'Next' in state ? state.Next : undefined;
}

/**
 * What had begun inside a Parallel or a Map; nothing where it has to begin anew: it failed because its data were too large.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
 */
function insideOf(stay: Stay, ended: string | undefined): Inside | undefined {
  const { parts, mapRun, length, failure, succeeded } = stay;
  if (parts === undefined || failure?.error === LIMIT || (succeeded && ended === LIMIT)) return undefined;
  // A new Map run in place of one that its data made fail.
  const lost = mapRun?.error === LIMIT || mapRun?.error === 'States.Runtime';
  return {
    parts: new Map([...parts].map(([number, part]) => [number, positionOf(part, ended)])),
    ...(length !== undefined && { length }),
    ...(mapRun !== undefined &&
      !lost && { mapRun: { arn: mapRun.arn, redriveCount: mapRun.redriveCount, startedAt: mapRun.startedAt } }),
  };
}
