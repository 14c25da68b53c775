import type { HistoryEvent } from '../interpret/options.ts';
import { matches, StateFailure } from '../interpret/state-failure.ts';
import type { Json, JsonObject } from '../json/value.ts';
import { scopesOf } from '../language/states.ts';
import type { State, States } from '../language/types.ts';
import { checkHistory, errorOf, jsonIn, unfitHistory } from './events.ts';
import type { Visit, Within } from './visit.ts';
import { Visits } from './visits.ts';

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
    position: new Positions(states, events).within(undefined),
  };
}

/** The positions in one history, off its visits. */
class Positions {
  readonly #visits: Visits;
  readonly #visitsIn = new Map<Within | undefined, Visit[]>();
  /** What failed before these events counts no more. */
  readonly #redrives: readonly number[];
  /** The error that the execution ended with. */
  readonly #ended: string | undefined;

  constructor(machine: States, events: readonly HistoryEvent[]) {
    this.#visits = new Visits(machine);
    for (const event of events) this.#add(event);
    this.#redrives = events.filter(({ type }) => type === 'ExecutionRedriven').map(({ id }) => id);
    this.#ended = (events.at(-1)?.executionFailedEventDetails as { readonly error?: string } | undefined)?.error;
    for (const visit of this.#visits.all) {
      const beside = this.#visitsIn.get(visit.within);
      if (beside === undefined) this.#visitsIn.set(visit.within, [visit]);
      else beside.push(visit);
    }
  }

  /** Reads an event, which must fit the machine and have its data. */
  #add(event: HistoryEvent): void {
    const count = this.#visits.all.length;
    this.#visits.add(event);
    const owner = this.#visits.ownerOf(event.id);
    if (event.type.endsWith('StateExited')) dataIn(event, 'stateExitedEventDetails', 'output');
    if (event.type.endsWith('StateEntered')) {
      dataIn(event, 'stateEnteredEventDetails', 'input');
      const visit = this.#visits.all[count];
      if (visit === undefined || this.#visits.definitionOf(visit) === undefined) {
        const name = nameIn(event, 'stateEnteredEventDetails');
        throw unfitHistory(`The history enters a state '${name}' that the definition does not have there`);
      }
    } else if (owner === undefined && /StateExited$|^MapIteration/.test(event.type)) {
      const name = nameIn(event, Object.keys(event).find((key) => key.endsWith('EventDetails')) ?? '');
      throw unfitHistory(`The history has an event of the state '${name}', which it has not entered`);
    }
  }

  within(within: Within | undefined): Position {
    const visits = this.#visitsIn.get(within) ?? [];
    const last = visits.at(-1);
    let variables: JsonObject = {};
    for (const visit of visits.slice(0, -1)) variables = { ...variables, ...assignedBy(visit) };
    const stood = { last: this.#visits.lastEventIn(within), variables, succeeded: within?.end === 'succeeded' };
    if (last === undefined) return { ...stood, at: { kind: 'fresh' } };
    const { state: name } = last;
    const [entry] = last.events as [HistoryEvent];
    const input = dataIn(entry, 'stateEnteredEventDetails', 'input');
    const definition = this.#visits.definitionOf(last) as State;
    const attempt = this.#lastAttempt(last);
    // Which way a Choice went is not in the history: it chooses anew, from what it saw.
    if (last.exited === undefined || definition.Type === 'Choice') {
      const inside = this.#inside(last, attempt);
      const entered = { id: last.id, after: entry.previousEventId, at: last.entered };
      return { ...stood, at: { kind: 'state', name, input, entered, ...(inside !== undefined && { inside }) } };
    }
    const output = outputOf(last);
    const next = nextOf(definition, attempt.failure);
    return {
      ...stood,
      variables: { ...variables, ...assignedBy(last) },
      at: next === undefined ? { kind: 'done', output } : { kind: 'state', name: next, input: output },
    };
  }

  /** How the last attempt of a state stands, after the last redrive. */
  #lastAttempt({ events }: Visit): LastAttempt {
    const attempt: LastAttempt = { succeeded: false };
    let redrive = 0;
    for (const event of events) {
      while ((this.#redrives[redrive] ?? Number.POSITIVE_INFINITY) < event.id) {
        redrive++;
        forgive(attempt);
      }
      note(attempt, event);
    }
    if (redrive < this.#redrives.length) forgive(attempt);
    return attempt;
  }

  /**
   * What had begun inside a Parallel or a Map; nothing where it has to begin anew: it failed because its data were too large.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
   */
  #inside(visit: Visit, { began, mapRun, length, failure, succeeded }: LastAttempt): Inside | undefined {
    if (began !== true || failure?.error === LIMIT || (succeeded && this.#ended === LIMIT)) return undefined;
    // A new Map run in place of one that its data made fail.
    const lost = mapRun?.error === LIMIT || mapRun?.error === 'States.Runtime';
    return {
      parts: new Map(this.#visits.partsOf(visit).map((part) => [this.#number(part), this.within(part)])),
      ...(length !== undefined && { length }),
      ...(mapRun !== undefined &&
        !lost && { mapRun: { arn: mapRun.arn, redriveCount: mapRun.redriveCount, startedAt: mapRun.startedAt } }),
    };
  }

  #number(part: Within): number {
    if (part.iteration !== undefined) return part.iteration;
    const around = this.#visits.definitionOf(part.visit);
    return scopesOf(around as State).indexOf(this.#visits.scopeOf(part) as States);
  }
}

/** How an attempt of a state stands. */
interface LastAttempt {
  /** The branches or iterations of a Parallel or a Map had begun. */
  began?: true;
  /** How it failed, if it did. */
  failure?: { readonly error: string | undefined } | undefined;
  /** It has succeeded: what failed then was making the state's output. */
  succeeded: boolean;
  /** How many items a Map goes over. */
  length?: number | undefined;
  mapRun?: { arn: string; redriveCount: number; startedAt: number; error: string | undefined } | undefined;
}

function forgive(attempt: LastAttempt): void {
  [attempt.failure, attempt.succeeded] = [undefined, false];
}

function note(attempt: LastAttempt, event: HistoryEvent): void {
  const { type } = event;
  if (/State(Entered|Exited)$|^MapIteration/.test(type)) return;
  if (/^(Parallel|Map)StateStarted$/.test(type)) {
    // Begun anew by a retry, it has nothing left of before.
    forgive(attempt);
    attempt.began = true;
    attempt.mapRun = undefined;
    attempt.length = (event.mapStateStartedEventDetails as { length?: number } | undefined)?.length;
  } else if (type === 'MapRunStarted' || type === 'MapRunRedriven') noteMapRun(attempt, event);
  else if (type === 'MapRunFailed') {
    if (attempt.mapRun !== undefined) attempt.mapRun.error = errorOf(event).error;
  } else if (type.startsWith('MapRun')) return;
  else if (/(?:Failed|TimedOut)$/.test(type)) attempt.failure = { error: errorOf(event).error };
  else if (type.endsWith('Succeeded')) [attempt.failure, attempt.succeeded] = [undefined, true];
}

function noteMapRun(attempt: LastAttempt, event: HistoryEvent): void {
  const details = event.mapRunStartedEventDetails ?? event.mapRunRedrivenEventDetails;
  const { mapRunArn, redriveCount = 0 } = (details ?? detailsIn(event, 'mapRunStartedEventDetails')) as {
    mapRunArn: string;
    redriveCount?: number;
  };
  const startedAt = attempt.mapRun?.startedAt ?? event.timestamp;
  attempt.mapRun = { arn: mapRunArn, redriveCount, startedAt, error: undefined };
}

function exitOf({ events }: Visit): HistoryEvent | undefined {
  return events.findLast(({ type }) => type.endsWith('StateExited'));
}

function outputOf(visit: Visit): Json {
  return dataIn(exitOf(visit) as HistoryEvent, 'stateExitedEventDetails', 'output');
}

function assignedBy(visit: Visit): JsonObject {
  const exit = exitOf(visit);
  if (exit === undefined) return {};
  const { assignedVariables = {} } = (exit.stateExitedEventDetails ?? {}) as {
    assignedVariables?: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(assignedVariables).map(([name, text]) => [name, jsonIn(text, exit, 'an assigned variable')]),
  );
}

/** Where a state that was left goes on: where a Catch says, if its last attempt failed. */
function nextOf(state: State, failure: LastAttempt['failure']): string | undefined {
  if (failure !== undefined && 'Catch' in state) {
    const failed = new StateFailure(failure.error, undefined);
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(failed, ErrorEquals));
    if (catcher !== undefined) return catcher.Next;
  }
  return 'Next' in state ? state.Next : undefined;
}

function detailsIn(event: HistoryEvent, details: string): object {
  const found = event[details];
  if (typeof found === 'object' && found !== null) return found;
  throw unfitHistory(`Event ${event.id} of the history, ${event.type}, has no ${details}`);
}

function nameIn(event: HistoryEvent, details: string): string {
  return event.name ?? (detailsIn(event, details) as { name: string }).name;
}

function dataIn(event: HistoryEvent, details: string, field: 'input' | 'output'): Json {
  const text = (event[details] as { readonly [field: string]: unknown } | undefined)?.[field];
  if (typeof text === 'string') return jsonIn(text, event, `an ${field}`);
  throw unfitHistory(`Event ${event.id} of the history has no ${field}: it was read without its execution data`);
}
