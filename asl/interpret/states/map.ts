import { isDistributed } from '../../language/states.ts';
import type { MapState } from '../../language/types.ts';
import { type Flow, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { robustly } from '../retry.ts';
import { errorOf } from '../task-events.ts';
import { goingTo, type Outcome, takeInside, type Visit } from '../visit.ts';
import { runDistributed } from './map-distributed.ts';
import { runInline } from './map-inline.ts';
import { givenItems, type Items, readItems, StreamedItems, wholeNumber } from './map-items.ts';

/** Runs its processor for each item; the result is the list of their outputs, in order of the items. */
export function runMap(visit: Visit<MapState>): Flow<Outcome> {
  return robustly(
    visit,
    () => attempt(visit),
    (failure) => {
      if (failure.error === 'States.Runtime') return;
      const details = { mapStateFailedEventDetails: errorOf(failure) };
      visit.run.history.record(visit.branch.trail, 'MapStateFailed', details);
    },
  );
}

function* attempt(visit: Visit<MapState>): Flow<Outcome> {
  const { history, probe } = visit.run;
  const { trail } = visit.branch;
  const language = languageOf(visit);
  const distributed = isDistributed(visit.state);
  const input = language.input(visit);
  const reads = distributed && visit.state.ItemReader !== undefined;
  const items = reads ? undefined : yield* givenItems(visit, input, distributed);
  const most = yield* wholeNumber(visit, input, 'MaxConcurrency');
  const inside = takeInside(visit);
  if (inside === undefined) {
    // What a reader reads is not known yet.
    history.record(trail, 'MapStateStarted', { mapStateStartedEventDetails: { length: items?.length ?? 0 } });
  }
  const result = yield* probe !== undefined
    ? probe.iterations(visit, input, items ?? (yield* listOf(yield* readItems(visit, input))), most)
    : distributed
      ? runDistributed(visit, input, items, most, inside)
      : runInline(visit, input, items as Items, most, inside);
  probe?.saw('result', result);
  history.recordBeside(trail, 'MapStateSucceeded');
  return yield* settled(goingTo(visit.state.Next, language.shape(visit, input, result)));
}

function listOf(items: Items | StreamedItems): Flow<Items> {
  return items instanceof StreamedItems ? items.list() : settled(items);
}
