import type { Json, JsonObject } from '../../json/value.ts';
import type { State, States } from '../../language/types.ts';

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
