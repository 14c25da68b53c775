import type { Json } from '../../json.ts';
import { LIMITS } from '../../limits.ts';
import type { MapState } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { byteLength } from '../json-size.ts';
import { languageOf } from '../languages/index.ts';
import type { Visit } from '../visit.ts';
import { withPaths } from './map-fields.ts';

/** The input of a child execution, and how many items are in it. */
export interface ChildInput {
  readonly input: Json;
  readonly items: number;
}

interface Batcher {
  readonly MaxItemsPerBatch?: number;
  readonly MaxInputBytesPerBatch?: number;
  readonly BatchInput?: Json;
}

/**
 * The inputs of the children: the items themselves, or batches of them where the Map has an `ItemBatcher`. A batch ends before it has
 * more items, or its JSON more bytes, than the batcher allows.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export function* batches(visit: Visit<MapState>, input: Json, items: readonly Json[]): Flow<readonly ChildInput[]> {
  const { ItemBatcher } = visit.state;
  if (ItemBatcher === undefined) return items.map((item) => ({ input: item, items: 1 }));
  const batcher = yield* settled(languageOf(visit).compute(visit, input, withPaths(ItemBatcher), 'ItemBatcher'));
  const { MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput } = batcher as Batcher;
  const mostItems = MaxItemsPerBatch ?? Number.POSITIVE_INFINITY;
  const mostBytes = Math.min(MaxInputBytesPerBatch ?? LIMITS.dataBytes, LIMITS.dataBytes);
  const wrap = (batch: readonly Json[]): Json => ({
    Items: batch,
    ...(BatchInput !== undefined && { BatchInput }),
  });
  const frame = byteLength(wrap([]));
  const all: ChildInput[] = [];
  let batch: Json[] = [];
  let bytes = frame;
  const close = () => {
    if (batch.length > 0) all.push({ input: wrap(batch), items: batch.length });
    batch = [];
    bytes = frame;
  };
  for (const item of items) {
    const size = byteLength(item) + 1;
    if (batch.length >= mostItems || (batch.length > 0 && bytes + size > mostBytes)) close();
    batch.push(item);
    bytes += size;
  }
  close();
  return all;
}
