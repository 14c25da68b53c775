import type { Json, JsonObject } from '../../json.ts';
import type { MapState } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { fieldFailure } from '../languages/field-failure.ts';
import { languageOf } from '../languages/index.ts';
import { robustly } from '../robust.ts';
import { type Attempt, awaitReply } from '../task-reply.ts';
import { errorOf } from '../task-resource.ts';
import { contextOf, type Outcome, takeInside, type Visit } from '../visit.ts';
import { runDistributed } from './map-distributed.ts';
import { runInline } from './map-inline.ts';

/** One of the things that a Map goes over, as the context object shows it. */
export interface Item extends JsonObject {
  readonly Index: number;
  /** Where the Map goes over an object's members. */
  readonly Key?: string;
  readonly Value: Json;
}

/** Runs its processor for each item; the result is the list of their outputs, in order of the items. */
export function* runMap(visit: Visit<MapState>): Flow<Outcome> {
  const { history } = visit.run;
  const { trail } = visit.branch;
  const language = languageOf(visit);
  const distributed = isDistributed(visit.state);
  return yield* robustly(
    visit,
    function* () {
      const input = language.input(visit);
      const items = yield* itemsOf(visit, input, distributed);
      const most = yield* wholeNumber(visit, input, 'MaxConcurrency');
      const inside = takeInside(visit);
      if (inside === undefined) {
        history.record(trail, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
      }
      const result = yield* (distributed ? runDistributed : runInline)(visit, input, items, most, inside);
      history.record(trail, 'MapStateSucceeded');
      const shaped = yield* settled(language.shape(visit, input, result));
      return { ...shaped, next: visit.state.Next };
    },
    (failure) => {
      if (failure.error === 'States.Runtime') return;
      history.record(trail, 'MapStateFailed', { mapStateFailedEventDetails: errorOf(failure) });
    },
  );
}

/** The older `Iterator` takes the configuration too. */
function isDistributed({ ItemProcessor, Iterator: iterator }: MapState): boolean {
  const processor = (ItemProcessor ?? iterator) as MapState['ItemProcessor'];
  return processor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

function* itemsOf(visit: Visit<MapState>, input: Json, distributed: boolean): Flow<readonly Item[]> {
  const { ItemReader } = visit.state;
  if (distributed && ItemReader !== undefined) return asItems(yield* read(visit, input, ItemReader));
  return asItems(yield* settled(languageOf(visit).items(visit, input, distributed)));
}

/** What a reader reads comes from whatever stands for the services, as a Task's result does. */
function* read(visit: Visit<MapState>, input: Json, reader: JsonObject): Flow<Json> {
  const given = (yield* settled(languageOf(visit).compute(visit, input, reader, 'ItemReader'))) as JsonObject;
  const attempt: Attempt = {
    resource: String(given.Resource),
    given: (given.Arguments ?? given.Parameters ?? {}) as Json,
    context: contextOf(visit),
    timeout: undefined,
    heartbeat: undefined,
    asks: { reads: true },
  };
  const { result: items } = yield* awaitReply(visit, attempt);
  const { MaxItems } = (given.ReaderConfig ?? {}) as { readonly MaxItems?: number };
  return Array.isArray(items) && MaxItems ? items.slice(0, MaxItems) : items;
}

function asItems(value: Json): readonly Item[] {
  return Array.isArray(value)
    ? value.map((item, at) => ({ Index: at, Value: item as Json }))
    : Object.entries(value as JsonObject).map(([key, member], at) => ({ Index: at, Key: key, Value: member }));
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
