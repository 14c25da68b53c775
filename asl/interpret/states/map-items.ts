import type { Json, JsonObject } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import type { MapState } from '../../language/types.ts';
import { byteLength } from '../data-size.ts';
import { type Flow, type Later, settled, then } from '../flow.ts';
import { fieldFailure, languageOf } from '../languages/index.ts';
import type { ItemSource } from '../options.ts';
import { StateFailure } from '../state-failure.ts';
import { awaitReply } from '../task-call.ts';
import { inState, type Visit } from '../visit.ts';

/**
 * One of the things that a Map goes over, as the context object shows it. An intersection: of an interface TypeScript asks that `Key` be
 * JSON where it is missing too, in projects that read the declarations with less strict options.
 */
export type Item = JsonObject & {
  readonly Index: number;
  /** Where the Map goes over an object's members. */
  readonly Key?: string;
  readonly Value: Json;
  /** `STATE_DATA`, or where in S3 it was read. */
  readonly Source: string;
};

const NONE = 'STATE_DATA';

/**
 * What an iteration or a child is given of an item: what the `ItemSelector` makes of it, which may be null; else its value, and of an
 * object's member the key with it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemspath.html
 */
export function givenTo(visit: Visit<MapState>, input: Json, item: Item): Later<Json> {
  return then(languageOf(visit).selectItem(visit, input, item), (selected) => {
    if (selected !== undefined) return selected;
    const { Key, Value } = item;
    return Key === undefined ? Value : { Key, Value };
  });
}

/** The items that the state's input, or `Items`, gives. */
export function* givenItems(visit: Visit<MapState>, input: Json, distributed: boolean): Flow<readonly Item[]> {
  return asItems(yield* settled(languageOf(visit).items(visit, input, distributed)), () => NONE);
}

/**
 * The items that an `ItemReader` reads. They come from whatever stands for the services, as a Task's result does.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function* readItems(visit: Visit<MapState>, input: Json): Flow<readonly Item[]> {
  const { ItemReader = {} } = visit.state;
  const { ReaderConfig, ...rest } = ItemReader;
  const reader = {
    ...rest,
    ...(ReaderConfig !== undefined && { ReaderConfig: withPaths(ReaderConfig as JsonObject) }),
  };
  const given = (yield* settled(languageOf(visit).compute(visit, input, reader, 'ItemReader'))) as JsonObject;
  const config = (given.ReaderConfig ?? {}) as JsonObject;
  const place = (given.Arguments ?? given.Parameters ?? {}) as JsonObject;
  const most = mostItems(visit, config.MaxItems);
  try {
    const { result, sources } = yield* awaitReply(visit, {
      resource: String(given.Resource),
      given: place,
      timeout: undefined,
      heartbeat: undefined,
      asks: { reads: true, readerConfig: config },
    });
    if (typeof result !== 'object' || result === null)
      throw new StateFailure('States.ItemReaderFailed', 'Attempting to map over non-iterable node.');
    return asItems(result, sourceAt(place, sources), most);
  } catch (error) {
    if (!(error instanceof StateFailure) || error.error?.startsWith('States.')) throw error;
    throw new StateFailure('States.ItemReaderFailed', error.cause);
  }
}

function mostItems(visit: Visit<MapState>, value: Json | undefined): number {
  if (value === undefined || value === 0) return LIMITS.readItems;
  const most = typeof value === 'string' ? Number(value) : value;
  if (typeof most === 'number' && Number.isInteger(most) && most > 0) return Math.min(most, LIMITS.readItems);
  throw new StateFailure(
    'States.Runtime',
    inState(visit, `MaxItems must be a positive integer: ${JSON.stringify(value)}`),
  );
}

/** Where an item came from: what the handler says, else what it was asked for. */
function sourceAt({ Bucket, Key }: JsonObject, sources: readonly ItemSource[] | undefined): (at: number) => string {
  const asked = Key === undefined ? `S3://${String(Bucket)}` : `S3://${String(Bucket)}/${String(Key)}`;
  if (sources === undefined) return () => asked;
  let [number, end] = [0, sources[0]?.items ?? 0];
  return (at) => {
    while (at >= end && number < sources.length - 1) end += sources[++number]?.items ?? 0;
    return sources[number]?.source ?? asked;
  };
}

function asItems(value: Json, sourceOf: (at: number) => string, most = Number.POSITIVE_INFINITY): readonly Item[] {
  if (Array.isArray(value)) {
    const values = value.length > most ? value.slice(0, most) : value;
    return values.map((item, at) => ({ Index: at, Value: item as Json, Source: sourceOf(at) }));
  }
  return Object.entries(value as JsonObject)
    .slice(0, most)
    .map(([Key, member], at) => ({ Index: at, Key, Value: member, Source: sourceOf(at) }));
}

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
