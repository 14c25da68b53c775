import type { Json, JsonObject } from '../../json/value.ts';

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
