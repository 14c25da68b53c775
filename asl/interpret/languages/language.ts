import type { Json, JsonObject } from '../../json/value.ts';
import type { Catcher, Choice } from '../../language/types.ts';
import type { Later } from '../flow.ts';
import type { Outcome, Shaped, Visit } from '../visit.ts';

/** How a query language reads and shapes the data of a state. Every method may fail as the state. JSONata may need a promise. */
export interface Language {
  /** What the state works on: in JSONPath what `InputPath` selects. */
  input(visit: Visit): Json;
  /** What a Task, a Parallel or a Map's items are given: `Arguments`, `Parameters`, else the input. */
  arguments(visit: Visit, input: Json): Later<Json>;
  /** What the state hands on of its result. Where there is no result (Wait, Succeed …), of its input. */
  shape(visit: Visit, input: Json, result: Json | undefined): Later<Shaped>;
  /** What a Catch hands on. */
  caught(visit: Visit, catcher: Catcher, at: number, error: JsonObject): Later<Shaped>;
  /** The state that a Choice picks, undefined where none of its rules matches and it has no `Default`. */
  choose(visit: Visit<Choice>, input: Json): Later<Outcome | undefined>;
  /** The value of a field that may be computed: `Seconds` or what `SecondsPath` selects; undefined where there is neither. */
  field(visit: Visit, input: Json, name: FieldName, type: FieldType): Later<Json | undefined>;
  /** What a Map goes over; an object only where `objects` says so. */
  items(visit: Visit, input: Json, objects: boolean): Later<Json>;
  /** What a Map gives to one iteration; undefined where it has no selector. */
  selectItem(visit: Visit, input: Json, item: JsonObject): Later<Json | undefined>;
  /** A value inside a field of a Map (`ItemReader`, `ItemBatcher`), computed. */
  compute(visit: Visit, input: Json, value: Json, field: string): Later<Json>;
}

export type FieldName =
  | 'Seconds'
  | 'Timestamp'
  | 'TimeoutSeconds'
  | 'HeartbeatSeconds'
  | 'MaxConcurrency'
  | 'ToleratedFailureCount'
  | 'ToleratedFailurePercentage'
  | 'Error'
  | 'Cause';
/** The type that the value must have; `integer` is a number without a fraction. */
export type FieldType = 'number' | 'integer' | 'string';

/** What is wrong with the value of a field that has the right type. */
export function outOfRange(name: FieldName, value: Json): string | undefined {
  if (name !== 'ToleratedFailurePercentage' || ((value as number) >= 0 && (value as number) <= 100)) return undefined;
  return 'ToleratedFailurePercentage must be between 0 and 100.';
}

/** A state's fields, whatever its type. */
export function fieldsOf(visit: Visit): { readonly [field: string]: Json | undefined } {
  return visit.state as unknown as { readonly [field: string]: Json | undefined };
}
