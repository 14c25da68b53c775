import type { Json, JsonObject } from '../../json.ts';
import type { MapState } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { fieldFailure } from '../languages/field-failure.ts';
import { languageOf } from '../languages/index.ts';
import type { Visit } from '../visit.ts';

/** A whole number that is not negative; 0 where the state does not set it. */
export function* wholeNumber(
  visit: Visit<MapState>,
  input: Json,
  name: 'MaxConcurrency' | 'ToleratedFailureCount',
): Flow<number> {
  const value = ((yield* settled(languageOf(visit).field(visit, input, name, 'integer'))) ?? 0) as number;
  if (value >= 0) return value;
  throw fieldFailure(visit, name, `${name} cannot be negative.`);
}

/** A share of items; 0 where the state does not set it. */
export function* percentage(visit: Visit<MapState>, input: Json): Flow<number> {
  const field = languageOf(visit).field(visit, input, 'ToleratedFailurePercentage', 'number');
  const value = ((yield* settled(field)) ?? 0) as number;
  if (value >= 0 && value <= 100) return value;
  const name = 'ToleratedFailurePercentage';
  throw fieldFailure(visit, name, `${name} must be between 0 and 100.`);
}

/** `MaxItemsPerBatchPath` and the like as what JSONPath fills: `MaxItemsPerBatch.$`. */
export function withPaths(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.replace(/Path$/, '.$'), value]));
}
