import type { Json } from '../../../json/value.ts';
import { LIMITS } from '../../../language/limits.ts';
import type { MapState, States } from '../../../language/types.ts';
import { checkData } from '../../data-size.ts';
import { type Flow, settled } from '../../flow.ts';
import { nameUuid } from '../../identity.ts';
import type { ChildExecution } from '../../map-run.ts';
import type { HistoryEvent } from '../../options.ts';
import type { Visit } from '../../visit.ts';
import { batches, type ChildInput, givenTo, type Item, readItems } from '../map-items.ts';

/** A child that is to run, or the record of one that is not to run again. */
export interface Planned {
  /** Before it is run: PENDING, or what a redrive finds. Then what is last known of it, so that a large run keeps one record for each. */
  record: ChildExecution;
  readonly done: boolean;
  /** The history that it goes on with. */
  readonly events?: readonly HistoryEvent[] | undefined;
}

/**
 * The children of a Map run: what each is given, and how far each had come where a redrive goes on with the run. A run whose records
 * are all there goes over them, whatever has become of its dataset since.
 * @param resumed how many items the run had, if that is known.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
export function* planOf(
  visit: Visit<MapState>,
  input: Json,
  items: readonly Item[] | undefined,
  mapRunArn: string,
  resumed: false | { readonly total: number | undefined },
): Flow<Planned[]> {
  const records = resumed ? recordsOf(visit, mapRunArn) : new Map<number, ChildExecution>();
  if (resumed && records.size > 0 && itemsOf(records.values()) === resumed.total) {
    return [...records.values()].sort((a, b) => a.index - b.index).map((record) => plannedFrom(visit, record));
  }
  const selected: Json[] = [];
  for (const item of items ?? (yield* readItems(visit, input))) {
    selected.push(yield* settled(givenTo(visit, input, item)));
  }
  const inputs = yield* batches(visit, input, selected);
  const stateMachineArn = childMachineOf(visit);
  const type = childTypeOf(visit.state);
  const family = {
    mapRunArn,
    stateMachineArn,
    executions: stateMachineArn.replace(':stateMachine:', type === 'EXPRESS' ? ':express:' : ':execution:'),
    // Names are different already: one id does for all.
    expressId: type === 'EXPRESS' ? `:${nameUuid(mapRunArn)}` : '',
    type,
  };
  return inputs.map((child, index) => {
    checkData(visit.name, child.input);
    const record = records.get(index);
    return record === undefined ? { done: false, record: pending(family, index, child) } : plannedFrom(visit, record);
  });
}

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

function plannedFrom(visit: Visit<MapState>, record: ChildExecution): Planned {
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

export function childTypeOf(state: MapState): 'STANDARD' | 'EXPRESS' {
  return processorOf(state)?.ProcessorConfig?.ExecutionType ?? 'STANDARD';
}
