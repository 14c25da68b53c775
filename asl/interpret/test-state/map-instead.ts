import type { Json } from '../../json.ts';
import type { MapState } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { Ledger } from '../states/distributed/ledger.ts';
import { exceeded } from '../states/distributed/run-children.ts';
import { batches } from '../states/map-batches.ts';
import { percentage, wholeNumber } from '../states/map-fields.ts';
import { givenTo, type Item } from '../states/map-items.ts';
import type { Visit } from '../visit.ts';
import type { Inspection } from './inspection.ts';
import { invalid } from './refusal.ts';

/** Nobody is told of this one. */
const NO_RUN = { mapRunArn: '', executionArn: '', startDate: 0, redriveCount: 0, post: () => undefined };

/** What a Map does around its iterations, without them: selects and batches the items, and counts the failures given. */
export function* mapInstead(
  inspection: Inspection,
  failures: number,
  visit: Visit<MapState>,
  input: Json,
  items: readonly Item[],
  most: number,
): Flow<Json> {
  const { data } = inspection;
  const { state } = visit;
  if (failures > items.length)
    throw invalid('stateConfiguration.mapIterationFailureCount must not exceed the number of items of the Map.');
  const selected: Json[] = [];
  for (const item of items) selected.push(yield* settled(givenTo(visit, input, item)));
  if (state.ItemSelector !== undefined || state.Parameters !== undefined)
    data.afterItemSelector = JSON.stringify(selected);
  if (state.ItemBatcher !== undefined) {
    const made = yield* batches(visit, input, selected);
    data.afterItemBatcher = JSON.stringify(made.map((batch) => batch.input));
  }
  const settings = {
    maxConcurrency: most,
    toleratedFailureCount: yield* wholeNumber(visit, input, 'ToleratedFailureCount'),
    toleratedFailurePercentage: yield* percentage(visit, input),
  };
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = settings;
  const setsCount = isSet(state, 'ToleratedFailureCount');
  const setsPercentage = isSet(state, 'ToleratedFailurePercentage');
  Object.assign(data, {
    maxConcurrency,
    // JSONPath's has its default.
    ...((setsCount || visit.language === 'JSONPath') && { toleratedFailureCount }),
    ...(setsPercentage && { toleratedFailurePercentage }),
  });
  if (!setsCount && !setsPercentage) return inspection.mocked();
  const ledger = new Ledger({ ...settings, ...NO_RUN });
  ledger.add('failed', failures);
  ledger.add('succeeded', items.length - failures);
  if (ledger.exceeded()) throw exceeded();
  return inspection.mocked();
}

function isSet(state: MapState, field: 'ToleratedFailureCount' | 'ToleratedFailurePercentage'): boolean {
  return state[field] !== undefined || state[`${field}Path`] !== undefined;
}
