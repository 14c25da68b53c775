import type { HistoryEvent } from '../interpret/options.ts';
import type { Json, JsonObject } from '../json/value.ts';
import type { MapState, State, States } from '../language/types.ts';
import { jsonIn, unfitHistory } from './events.ts';

const FAILURE = /(?:Failed|TimedOut)$/;

/**
 * Sorts the events of a history into the branches and iterations that they belong to: each follows the event before it of its branch,
 * states have names that are unique in the definition, and iterations their index. Answers the outermost frame.
 */
export function framesOf(states: States, events: readonly HistoryEvent[]): Frame {
  const root = createFrame(states, 0);
  const frames = new Map<number, Frame>();
  for (const event of events) {
    const before = frames.get(event.previousEventId) ?? root;
    const frame = take(event, before, root);
    frame.last = event.id;
    frames.set(event.id, frame);
  }
  return root;
}

/** Notes what an event says; answers the frame that it belongs to. */
function take(event: HistoryEvent, before: Frame, root: Frame): Frame {
  const { type } = event;
  if (type.startsWith('Execution')) {
    if (type === 'ExecutionRedriven') forgive(root);
    return root;
  }
  if (type.endsWith('StateEntered')) return enter(event, before, root);
  if (type.endsWith('StateExited')) return exit(event, before, root);
  if (type.startsWith('MapIteration')) return iterate(event, before, root);
  const kind = /^(Parallel|Map)(?:State|Run)/.exec(type)?.[1];
  if (kind !== undefined) return inside(event, kind, before);
  // The work of a Task, or an expression.
  const frame = type === 'EvaluationFailed' ? frameThatEvaluates(event, before, root) : before;
  const { stay } = frame;
  if (stay !== undefined) {
    if (FAILURE.test(type)) stay.failure = { error: errorIn(event) };
    else if (type.endsWith('Succeeded')) [stay.failure, stay.succeeded] = [undefined, true];
  }
  return frame;
}

/** The frame in whose state an expression failed: the event follows what the state's entry follows. */
function frameThatEvaluates(event: HistoryEvent, before: Frame, root: Frame): Frame {
  const { state } = event.evaluationFailedEventDetails as { readonly state?: string };
  for (const frame of downFrom(root)) {
    const { stay } = frame;
    if (stay?.name === state && stay?.after === event.previousEventId && stay.exit === undefined) return frame;
  }
  // A history in which it follows the state's own last event.
  return before;
}

/** What failed before a redrive counts no more. */
function forgive(root: Frame): void {
  for (const { stay } of downFrom(root)) {
    if (stay !== undefined) [stay.failure, stay.closed, stay.succeeded] = [undefined, false, false];
  }
}

function enter(event: HistoryEvent, before: Frame, root: Frame): Frame {
  const name = nameIn(event, 'stateEnteredEventDetails');
  const frame = frameToEnter(name, before, root);
  if (frame.stay !== undefined) leave(frame, frame.stay);
  frame.stay = {
    name,
    state: frame.states.States[name] as State,
    input: dataIn(event, 'stateEnteredEventDetails', 'input'),
    id: event.id,
    after: event.previousEventId,
    at: event.timestamp,
    failure: undefined,
    succeeded: false,
    closed: false,
    parts: undefined,
    length: undefined,
    mapRun: undefined,
  };
  return frame;
}

/** The frame that a state of that name is entered in: one there is, or a new one for a branch that begins. */
function frameToEnter(name: string, before: Frame, root: Frame): Frame {
  for (const frames of [upFrom(before), downFrom(root)]) {
    for (const frame of frames) {
      if (has(frame.states, name)) return frame;
      const { stay } = frame;
      if (stay?.state.Type !== 'Parallel' || stay.parts === undefined) continue;
      const number = stay.state.Branches.findIndex((branch) => has(branch, name));
      if (number >= 0) return part(frame, stay, number, stay.state.Branches[number] as States);
    }
  }
  throw unfitHistory(`The history enters a state '${name}' that the definition does not have there`);
}

function part(parent: Frame, stay: Stay, number: number, states: States): Frame {
  const parts = stay.parts ?? new Map<number, Frame>();
  stay.parts = parts;
  const there = parts.get(number);
  if (there !== undefined) return there;
  const made = createFrame(states, parent.last, parent, number);
  parts.set(number, made);
  return made;
}

function exit(event: HistoryEvent, before: Frame, root: Frame): Frame {
  const name = nameIn(event, 'stateExitedEventDetails');
  const frame = frameIn(name, before, root);
  const stay = frame.stay as Stay;
  const { assignedVariables = {} } = (event.stateExitedEventDetails ?? {}) as {
    assignedVariables?: Record<string, string>;
  };
  const assigned: JsonObject = Object.fromEntries(
    Object.entries(assignedVariables).map(([variable, text]) => [
      variable,
      jsonIn(text, event, 'an assigned variable'),
    ]),
  );
  stay.exit = { output: dataIn(event, 'stateExitedEventDetails', 'output'), assigned };
  return frame;
}

/** A state that another one follows has assigned what it had to. */
function leave(frame: Frame, { exit: left }: Stay): void {
  if (left !== undefined) frame.variables = { ...frame.variables, ...left.assigned };
}

/** The frame that is in a state of that name: around the event before, else the only one there is. */
function frameIn(name: string, before: Frame, root: Frame): Frame {
  for (const frames of [upFrom(before), downFrom(root)]) {
    for (const frame of frames) if (frame.stay?.name === name) return frame;
  }
  throw unfitHistory(`The history has an event of the state '${name}', which it has not entered`);
}

function iterate(event: HistoryEvent, before: Frame, root: Frame): Frame {
  const kind = event.type.slice('MapIteration'.length);
  const { name, index } = detailsIn(event, `mapIteration${kind}EventDetails`) as { name: string; index: number };
  const map = frameIn(name, before, root);
  const stay = map.stay as Stay;
  const { ItemProcessor, Iterator: iterator } = stay.state as MapState;
  const iteration = part(map, stay, index, (ItemProcessor ?? iterator) as States);
  if (kind === 'Succeeded') iteration.succeeded = true;
  return iteration;
}

/** An event of a Parallel or a Map itself: how its branches or iterations begin and end, all together. */
function inside(event: HistoryEvent, kind: string, before: Frame): Frame {
  const { type } = event;
  const frame = [...upFrom(before)].find(({ stay }) => stay?.state.Type === kind && !stay.closed);
  if (frame === undefined) return before;
  const stay = frame.stay as Stay;
  if (type.endsWith('StateStarted')) begin(stay, event);
  else if (type === 'MapRunStarted' || type === 'MapRunRedriven') runMap(stay, event);
  else if (type === 'MapRunFailed') {
    if (stay.mapRun !== undefined) stay.mapRun.error = errorIn(event);
  } else if (type.endsWith('StateFailed')) [stay.failure, stay.closed] = [{ error: errorIn(event) }, true];
  else if (type.endsWith('StateSucceeded')) [stay.failure, stay.succeeded] = [undefined, true];
  return frame;
}

/** Begun anew by a retry, it has nothing left of before. */
function begin(stay: Stay, event: HistoryEvent): void {
  stay.parts = new Map();
  stay.mapRun = undefined;
  [stay.failure, stay.succeeded] = [undefined, false];
  stay.length = (event.mapStateStartedEventDetails as { length?: number } | undefined)?.length;
}

function runMap(stay: Stay, event: HistoryEvent): void {
  const details = event.mapRunStartedEventDetails ?? event.mapRunRedrivenEventDetails;
  const { mapRunArn, redriveCount = 0 } = (details ?? detailsIn(event, 'mapRunStartedEventDetails')) as {
    mapRunArn: string;
    redriveCount?: number;
  };
  const startedAt = stay.mapRun?.startedAt ?? event.timestamp;
  stay.mapRun = { arn: mapRunArn, redriveCount, startedAt, error: undefined };
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

/** The error that an event's details name. */
function errorIn(event: HistoryEvent): string | undefined {
  const details = Object.entries(event).find(([field]) => field.endsWith('EventDetails'))?.[1];
  return (details as { readonly error?: string } | undefined)?.error;
}

/** A machine, a branch or an iteration as the events of a history are sorted into it. */
export interface Frame {
  readonly states: States;
  /** The frame whose Parallel or Map it belongs to, and its number there. */
  readonly parent: Frame | undefined;
  readonly number: number;
  /** The state that was entered last. */
  stay: Stay | undefined;
  /** The id of its last event. */
  last: number;
  /** Assigned by the states before `stay`. */
  variables: JsonObject;
  /** An iteration whose `MapIterationSucceeded` is there. */
  succeeded: boolean;
}

/** A stay in a state. */
export interface Stay {
  readonly name: string;
  readonly state: State;
  readonly input: Json;
  /** The event that entered it, and the one that this follows. */
  readonly id: number;
  readonly after: number;
  readonly at: number;
  exit?: { readonly output: Json; readonly assigned: JsonObject };
  /** How its last attempt failed, if it did. */
  failure: { readonly error: string | undefined } | undefined;
  /** Its last attempt has succeeded: what failed then was making its output. */
  succeeded: boolean;
  /** `ParallelStateFailed` or `MapStateFailed` is there: what follows is no attempt of its own. */
  closed: boolean;
  /** A Parallel or a Map has begun its branches or iterations. */
  parts: Map<number, Frame> | undefined;
  length: number | undefined;
  mapRun: { arn: string; redriveCount: number; startedAt: number; error: string | undefined } | undefined;
}

export function createFrame(states: States, last: number, parent?: Frame, number = 0): Frame {
  return { states, parent, number, stay: undefined, last, variables: {}, succeeded: false };
}

/** The frame itself, the one around it, and so on. */
export function* upFrom(frame: Frame): Generator<Frame> {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) yield at;
}

/** The frame and all that is inside its states. */
export function* downFrom(frame: Frame): Generator<Frame> {
  yield frame;
  for (const part of frame.stay?.parts?.values() ?? []) yield* downFrom(part);
}

export function has(states: States, name: string): boolean {
  return Object.hasOwn(states.States, name);
}
