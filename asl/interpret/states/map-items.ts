import { Unreadable } from '../../items/read-text.ts';
import type { Json, JsonObject } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import type { MapState } from '../../language/types.ts';
import { type Flow, type Later, settled, then } from '../flow.ts';
import { fieldFailure, languageOf } from '../languages/index.ts';
import type { ItemLot, ItemSource, ItemStream } from '../options.ts';
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

/** The items of a Map that are held: made one by one from the values that it goes over, since there may be very many of them. */
export class Items implements Iterable<Item> {
  readonly length: number;
  readonly values: readonly Json[];
  /** Of an object's members. */
  readonly keys: readonly string[] | undefined;
  readonly #sourceAt: (at: number) => string;

  /** @param value a list, or an object whose members are the items */
  constructor(value: Json, sourceAt: (at: number) => string, most = Number.POSITIVE_INFINITY) {
    const isList = Array.isArray(value);
    const values: readonly Json[] = isList ? value : Object.values(value as JsonObject);
    this.values = values.length > most ? values.slice(0, most) : values;
    this.keys = isList ? undefined : Object.keys(value as JsonObject);
    this.length = this.values.length;
    this.#sourceAt = sourceAt;
  }

  at(index: number): Item {
    const Value = this.values[index] as Json;
    const Source = this.#sourceAt(index);
    return this.keys === undefined
      ? { Index: index, Value, Source }
      : { Index: index, Key: this.keys[index] as string, Value, Source };
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

/** The items of a dataset that is not held: a lot of them at a time. */
export class StreamedItems {
  readonly length: number;
  readonly #source: string;
  readonly #lots: AsyncIterator<ItemLot>;
  #lot: ItemLot = { items: [] };
  #at = 0;
  #index = 0;

  private constructor(length: number, source: string, lots: AsyncIterator<ItemLot>) {
    this.length = length;
    this.#source = source;
    this.#lots = lots;
  }

  /** Counts the items where it is not known how many there are, so that a dataset that cannot be read fails before anything has run. */
  static *open(stream: ItemStream, source: string, most: number): Flow<StreamedItems> {
    const total = stream.total ?? ((yield countIn(stream, most)) as number);
    return new StreamedItems(Math.min(total, most), source, stream.read()[Symbol.asyncIterator]());
  }

  /** The next item; undefined after the last one. */
  *next(): Flow<Item | undefined> {
    if (this.#index >= this.length) return undefined;
    while (this.#at >= this.#lot.items.length) {
      const { done, value } = (yield nextOf(this.#lots)) as IteratorResult<ItemLot>;
      if (done === true) throw new StateFailure('States.ItemReaderFailed', 'The dataset has become shorter.');
      this.#lot = value;
      this.#at = 0;
    }
    const Value = this.#lot.items[this.#at++] as Json;
    return { Index: this.#index++, Value, Source: this.#lot.source ?? this.#source };
  }

  /** All that is left, held. */
  *list(): Flow<Items> {
    const values: Json[] = [];
    const sources: string[] = [];
    for (let item = yield* this.next(); item !== undefined; item = yield* this.next()) {
      values.push(item.Value);
      sources.push(item.Source);
    }
    return new Items(values, (at) => sources[at] as string);
  }

  /** Nobody reads on. */
  close(): void {
    void this.#lots.return?.().catch(() => undefined);
  }
}

async function countIn(stream: ItemStream, most: number): Promise<number> {
  let count = 0;
  for await (const { items } of readable(stream.read())) {
    count += items.length;
    if (count >= most) break;
  }
  return count;
}

async function* readable(lots: AsyncIterable<ItemLot>): AsyncGenerator<ItemLot> {
  try {
    yield* lots;
  } catch (error) {
    throw failureOf(error);
  }
}

async function nextOf(lots: AsyncIterator<ItemLot>): Promise<IteratorResult<ItemLot>> {
  try {
    return await lots.next();
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  return error instanceof Unreadable ? new StateFailure('States.ItemReaderFailed', error.message) : error;
}

/** The items that the state's input, or `Items`, gives. */
export function* givenItems(visit: Visit<MapState>, input: Json, distributed: boolean): Flow<Items> {
  return new Items(yield* settled(languageOf(visit).items(visit, input, distributed)), () => NONE);
}

/**
 * The items that an `ItemReader` reads. They come from whatever stands for the services, as a Task's result does.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function* readItems(visit: Visit<MapState>, input: Json): Flow<Items | StreamedItems> {
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
    const answer = yield* awaitReply(visit, {
      resource: String(given.Resource),
      given: place,
      timeout: undefined,
      heartbeat: undefined,
      asks: { reads: true, readerConfig: config },
    });
    if ('items' in answer) return yield* StreamedItems.open(answer.items, sourceOf(place), most);
    const { result, sources } = answer;
    if (typeof result !== 'object' || result === null)
      throw new StateFailure('States.ItemReaderFailed', 'Attempting to map over non-iterable node.');
    return new Items(result, sourceAt(sourceOf(place), sources), most);
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

/** Where items come from by what the reader was asked for. */
function sourceOf({ Bucket, Key }: JsonObject): string {
  return Key === undefined ? `S3://${String(Bucket)}` : `S3://${String(Bucket)}/${String(Key)}`;
}

/** Where the item of a number came from: what the handler says, else what it was asked for. */
function sourceAt(asked: string, sources: readonly ItemSource[] | undefined): (at: number) => string {
  if (sources === undefined) return () => asked;
  let end = 0;
  const ends = sources.map(({ items }) => {
    end += items;
    return end;
  });
  return (at) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return sources[low]?.source ?? asked;
  };
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
