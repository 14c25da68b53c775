import type { Json, JsonObject } from '../json/value.ts';
import type { MapState, Parallel } from '../language/types.ts';
import type { Flow } from './flow.ts';
import type { StateFailure } from './state-failure.ts';
import type { Items } from './states/map-items.ts';
import type { Outcome, Visit } from './visit.ts';

/** A step of the data's way through a state, as TestState names it. */
export type Step =
  | 'afterInputPath'
  | 'afterParameters'
  | 'afterArguments'
  | 'afterItemsPath'
  | 'result'
  | 'afterResultSelector'
  | 'afterResultPath';

/** Watches a state run, and stands in for what would run inside it. TestState alone has one; an execution has none. */
export interface Probe {
  /** How often the retrier that matches has retried already. */
  readonly retried: number;
  saw(step: Step, value: Json): void;
  /** The context object in place of the one made. */
  context(made: JsonObject): JsonObject;
  /** In place of the branches of a Parallel. */
  branches(visit: Visit<Parallel>): Json;
  /** In place of the iterations of a Map. */
  iterations(visit: Visit<MapState>, input: Json, items: Items, most: number): Flow<Json>;
  /** In place of waiting for the next attempt: throws. */
  retry(at: number, milliseconds: number, failure: StateFailure): never;
  /** The retrier at this place matches a failure, and has no attempt left. */
  spent(at: number): void;
  /** The state has ended well, or by a `Catch`. */
  left(outcome: Outcome): void;
  caught(at: number, failure: StateFailure): void;
}
