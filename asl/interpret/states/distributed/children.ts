import type { Json } from '../../../json/value.ts';
import { LIMITS } from '../../../language/limits.ts';
import type { MapState, States } from '../../../language/types.ts';
import { checkData } from '../../data-size.ts';
import { type Flow, settled } from '../../flow.ts';
import { nameUuid } from '../../identity.ts';
import type { ChildExecution } from '../../map-run.ts';
import type { HistoryEvent } from '../../options.ts';
import type { Visit } from '../../visit.ts';
import { givenTo, type Items, StreamedItems } from '../map-items.ts';
import { Batcher, type ChildInput } from './batches.ts';
import { type Ledger, STANDINGS } from './ledger.ts';

/** A child that is to run. */
export interface Planned {
  /** PENDING, or what a redrive finds. */
  readonly record: ChildExecution;
  /** The history that it goes on with. */
  readonly events?: readonly HistoryEvent[] | undefined;
}

/** The children of a Map run, in their order. They are made when they are to run: there may be very many of them. */
export interface Children {
  /** How many are to run; undefined where that shows only when the last one is made. */
  readonly count: number | undefined;
  /** The records of those that are not to run again. */
  readonly done: readonly ChildExecution[];
  /** Counts them all, before the first one runs. */
  countIn(ledger: Ledger): void;
  /** The next one that is to run; undefined after the last. */
  next(): Flow<Planned | undefined>;
  /** Those that are left, without taking them; none of a dataset that would have to be read for that. */
  left(): Iterable<Planned>;
  /** Nobody takes another one. */
  close(): void;
}

/**
 * What each child of a Map run is given, and how far each had come where a redrive goes on with the run. A run whose records are all
 * there goes over them, whatever has become of its dataset since.
 * @param read reads the items that the Map goes over
 * @param resumed how many items the run had, if that is known
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
export function* childrenOf(
  visit: Visit<MapState>,
  input: Json,
  read: () => Flow<Items | StreamedItems>,
  mapRunArn: string,
  resumed: false | { readonly total: number | undefined },
): Flow<Children> {
  const records = resumed ? recordsOf(visit, mapRunArn) : new Map<number, ChildExecution>();
  if (resumed && records.size > 0 && itemsOf(records.values()) === resumed.total) {
    const all = [...records.values()].sort((a, b) => a.index - b.index);
    return new ResumedChildren(all.map((record) => resume(visit, record)));
  }
  const items = yield* read();
  const family = familyOf(visit, mapRunArn);
  const fresh =
    items instanceof StreamedItems
      ? new StreamedChildren(visit, input, family, items, yield* Batcher.of(visit, input))
      : yield* heldChildren(visit, input, family, items);
  if (records.size === 0) return fresh;
  const all: Resumed[] = [];
  for (let child = yield* fresh.next(); child !== undefined; child = yield* fresh.next()) {
    const record = records.get(child.record.index);
    all.push(record === undefined ? { ...child, done: false } : resume(visit, record));
  }
  return new ResumedChildren(all);
}

/** Children that a redrive finds. */
class ResumedChildren implements Children {
  readonly count: number;
  readonly done: readonly ChildExecution[];
  readonly #todo: readonly Planned[];
  #next = 0;

  constructor(children: readonly Resumed[]) {
    this.done = children.filter(({ done }) => done).map(({ record }) => record);
    this.#todo = children.filter(({ done }) => !done);
    this.count = this.#todo.length;
  }

  countIn(ledger: Ledger): void {
    for (const { status, itemCount } of this.done) {
      ledger.add(STANDINGS[status], itemCount);
      if (status !== 'SUCCEEDED') ledger.lost(itemCount);
    }
    for (const { record } of this.#todo)
      ledger.add(record.status === 'PENDING' ? 'pending' : 'pendingRedrive', record.itemCount);
  }

  next(): Flow<Planned | undefined> {
    return settled(this.#todo[this.#next++]);
  }

  left(): readonly Planned[] {
    return this.#todo.slice(this.#next);
  }

  close(): void {}
}

/** The children of items that are held: all are selected, and looked at, before the first one runs. */
function* heldChildren(visit: Visit<MapState>, input: Json, family: Family, items: Items): Flow<Children> {
  const selected = yield* selectedOf(visit, input, items);
  const batcher = yield* Batcher.of(visit, input);
  const batches = batcher === undefined ? undefined : [...batcher.all(selected)];
  for (const one of batches ?? selected)
    checkData(visit.name, batches === undefined ? (one as Json) : (one as ChildInput).input);
  return new HeldChildren(family, selected, batches);
}

/** What children are given of items; without a selector the values as they are. */
export function* selectedOf(visit: Visit<MapState>, input: Json, items: Items): Flow<readonly Json[]> {
  const { ItemSelector, Parameters } = visit.state;
  if (ItemSelector === undefined && Parameters === undefined && items.keys === undefined) return items.values;
  const selected: Json[] = [];
  for (const item of items) selected.push(yield* settled(givenTo(visit, input, item)));
  return selected;
}

class HeldChildren implements Children {
  readonly count: number;
  readonly done = [];
  readonly #family: Family;
  readonly #items: readonly Json[];
  readonly #batches: readonly ChildInput[] | undefined;
  #next = 0;

  constructor(family: Family, items: readonly Json[], batches: readonly ChildInput[] | undefined) {
    this.#family = family;
    this.#items = items;
    this.#batches = batches;
    this.count = (batches ?? items).length;
  }

  countIn(ledger: Ledger): void {
    ledger.expect(this.count, this.#items.length);
  }

  next(): Flow<Planned | undefined> {
    return settled(this.#next < this.count ? this.#at(this.#next++) : undefined);
  }

  *left(): Generator<Planned> {
    for (let index = this.#next; index < this.count; index++) yield this.#at(index);
  }

  close(): void {}

  #at(index: number): Planned {
    const given = this.#batches?.[index] ?? { input: this.#items[index] as Json, items: 1 };
    return { record: pending(this.#family, index, given) };
  }
}

/** The children of a dataset that is read while they run. */
class StreamedChildren implements Children {
  readonly count: number | undefined;
  readonly done = [];
  readonly #visit: Visit<MapState>;
  readonly #input: Json;
  readonly #family: Family;
  readonly #items: StreamedItems;
  readonly #batcher: Batcher | undefined;
  #ledger: Ledger | undefined;
  #next = 0;

  constructor(visit: Visit<MapState>, input: Json, family: Family, items: StreamedItems, batcher: Batcher | undefined) {
    this.#visit = visit;
    this.#input = input;
    this.#family = family;
    this.#items = items;
    this.#batcher = batcher;
    this.count = batcher === undefined ? items.length : undefined;
  }

  /** Of children that are batches the items are counted, and each child when it is made. */
  countIn(ledger: Ledger): void {
    this.#ledger = ledger;
    ledger.expect(this.count ?? 0, this.#items.length);
  }

  *next(): Flow<Planned | undefined> {
    const given = yield* this.#batcher === undefined ? this.#nextItem() : this.#nextBatch(this.#batcher);
    if (given === undefined) return undefined;
    checkData(this.#visit.name, given.input);
    if (this.count === undefined) this.#ledger?.expect(1, 0);
    return { record: pending(this.#family, this.#next++, given) };
  }

  left(): readonly Planned[] {
    return [];
  }

  close(): void {
    this.#items.close();
  }

  *#nextItem(): Flow<ChildInput | undefined> {
    const item = yield* this.#items.next();
    if (item === undefined) return undefined;
    return { input: yield* settled(givenTo(this.#visit, this.#input, item)), items: 1 };
  }

  *#nextBatch(batcher: Batcher): Flow<ChildInput | undefined> {
    for (let one = yield* this.#nextItem(); one !== undefined; one = yield* this.#nextItem()) {
      const full = batcher.add(one.input);
      if (full !== undefined) return full;
    }
    return batcher.end();
  }
}

/** A child that a redrive finds: whether it is not to run again, and the history that it goes on with. */
type Resumed = Planned & { readonly done: boolean };

function itemsOf(records: Iterable<ChildExecution>): number {
  let items = 0;
  for (const { itemCount } of records) items += itemCount;
  return items;
}

function recordsOf(visit: Visit<MapState>, mapRunArn: string): Map<number, ChildExecution> {
  const records = visit.run.redrive?.children?.(mapRunArn) ?? [];
  return new Map([...records].map((record) => [record.index, record]));
}

/** What the children of a run have in common; made once, since there may be a million of them. */
interface Family extends Pick<ChildExecution, 'mapRunArn' | 'stateMachineArn' | 'type'> {
  /** What their ARNs begin with. */
  readonly executions: string;
  /** What they end with after the name. */
  readonly expressId: string;
}

function familyOf(visit: Visit<MapState>, mapRunArn: string): Family {
  const stateMachineArn = childMachineOf(visit);
  const type = childTypeOf(visit.state);
  return {
    mapRunArn,
    stateMachineArn,
    executions: stateMachineArn.replace(':stateMachine:', type === 'EXPRESS' ? ':express:' : ':execution:'),
    // Names are different already: one id does for all.
    expressId: type === 'EXPRESS' ? `:${nameUuid(mapRunArn)}` : '',
    type,
  };
}

function pending(
  { mapRunArn, stateMachineArn, executions, expressId, type }: Family,
  index: number,
  given: ChildInput,
): ChildExecution {
  const name = nameUuid(mapRunArn, index);
  return {
    executionArn: `${executions}:${name}${expressId}`,
    stateMachineArn,
    mapRunArn,
    name,
    type,
    index,
    itemCount: given.items,
    input: given.input,
    status: 'PENDING',
    redriveCount: 0,
  };
}

function resume(visit: Visit<MapState>, record: ChildExecution): Resumed {
  if (record.status === 'SUCCEEDED') return { record, done: true };
  // An Express child begins anew.
  if (record.status === 'PENDING' || record.type === 'EXPRESS') return { record, done: false };
  const events = visit.run.redrive?.childEvents?.(record.executionArn) ?? [];
  if (events.length === 0) return { record, done: false };
  // There must be room for ExecutionRedriven and one more; else its failure is final.
  if (events.length < LIMITS.historyEvents - 1) return { record, done: false, events };
  return { record: { ...record, status: 'FAILED' }, done: true };
}

/** `…:stateMachine:<machine>/<label>`; a Map without a label has one made from its name. */
export function childMachineOf({ run, state, name }: Visit<MapState>): string {
  const machine = String(run.stateMachine.Id);
  return `${machine.replace(/\/[^/]*$/, '')}/${state.Label ?? nameUuid(machine, name)}`;
}

export function processorOf(state: MapState): States & MapState['ItemProcessor'] {
  return (state.ItemProcessor ?? state.Iterator) as States & MapState['ItemProcessor'];
}

function childTypeOf(state: MapState): 'STANDARD' | 'EXPRESS' {
  return processorOf(state)?.ProcessorConfig?.ExecutionType ?? 'STANDARD';
}
