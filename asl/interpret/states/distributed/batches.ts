import type { Json } from '../../../json/value.ts';
import { LIMITS } from '../../../language/limits.ts';
import type { MapState } from '../../../language/types.ts';
import { byteLength } from '../../data-size.ts';
import { type Flow, settled } from '../../flow.ts';
import { languageOf } from '../../languages/index.ts';
import type { Visit } from '../../visit.ts';
import { withPaths } from '../map-items.ts';

/** The input of a child execution, and how many items are in it. */
export interface ChildInput {
  readonly input: Json;
  readonly items: number;
}

interface BatcherFields {
  readonly MaxItemsPerBatch?: number;
  readonly MaxInputBytesPerBatch?: number;
  readonly BatchInput?: Json;
}

/**
 * A Map's `ItemBatcher`: puts items into batches, each the input of one child. A batch ends before it has more items, or its JSON more
 * bytes, than the batcher allows.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 */
export class Batcher {
  readonly #mostItems: number;
  readonly #mostBytes: number;
  readonly #batchInput: Json | undefined;
  /** The bytes of a batch without an item. */
  readonly #frame: number;
  #batch: Json[] = [];
  #bytes: number;

  private constructor({ MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput }: BatcherFields) {
    this.#mostItems = MaxItemsPerBatch ?? Number.POSITIVE_INFINITY;
    this.#mostBytes = Math.min(MaxInputBytesPerBatch ?? LIMITS.dataBytes, LIMITS.dataBytes);
    this.#batchInput = BatchInput;
    this.#frame = byteLength(this.#inputOf([]));
    this.#bytes = this.#frame;
  }

  /** That of a Map, computed; undefined where the Map has none. */
  static *of(visit: Visit<MapState>, input: Json): Flow<Batcher | undefined> {
    const { ItemBatcher } = visit.state;
    if (ItemBatcher === undefined) return undefined;
    const fields = yield* settled(languageOf(visit).compute(visit, input, withPaths(ItemBatcher), 'ItemBatcher'));
    return new Batcher(fields as BatcherFields);
  }

  /** Takes an item; answers the batch that was full before it. */
  add(item: Json): ChildInput | undefined {
    const bytes = byteLength(item) + 1;
    const isFull =
      this.#batch.length >= this.#mostItems || (this.#batch.length > 0 && this.#bytes + bytes > this.#mostBytes);
    const full = isFull ? this.end() : undefined;
    this.#batch.push(item);
    this.#bytes += bytes;
    return full;
  }

  /** The batch that was begun, if any. */
  end(): ChildInput | undefined {
    const items = this.#batch.length;
    if (items === 0) return undefined;
    const input = this.#inputOf(this.#batch);
    this.#batch = [];
    this.#bytes = this.#frame;
    return { input, items };
  }

  /** The batches of a list of items. */
  *all(items: Iterable<Json>): Generator<ChildInput> {
    for (const item of items) {
      const full = this.add(item);
      if (full !== undefined) yield full;
    }
    const last = this.end();
    if (last !== undefined) yield last;
  }

  #inputOf(batch: readonly Json[]): Json {
    return { Items: batch, ...(this.#batchInput !== undefined && { BatchInput: this.#batchInput }) };
  }
}
