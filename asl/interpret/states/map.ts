import type { Inside, Position } from '../../history/position.ts';
import type { Json } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import { isDistributed } from '../../language/states.ts';
import type { MapState, States } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import { type Flow, settled } from '../flow.ts';
import type { Kind } from '../history.ts';
import { languageOf } from '../languages/index.ts';
import { runPool } from '../pool.ts';
import { robustly } from '../retry.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-events.ts';
import { type Branch, goingTo, type Outcome, takeInside, type Visit } from '../visit.ts';
import { runDistributed } from './map-distributed.ts';
import { givenItems, givenTo, type Item, type Items, readItems, StreamedItems, wholeNumber } from './map-items.ts';

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

const ITERATION = {
  Started: iterationKind('Started'),
  Succeeded: iterationKind('Succeeded'),
  Failed: iterationKind('Failed'),
  Aborted: iterationKind('Aborted'),
};

function iterationKind(what: string): Kind<string, number> {
  const [type, details] = [`MapIteration${what}`, `mapIteration${what}EventDetails`];
  return {
    type,
    make: (id, previousEventId, timestamp, name, index) => ({
      id,
      previousEventId,
      timestamp,
      type,
      name,
      [details]: { name, index },
    }),
  };
}

/** The iterations are part of the execution: they read its variables and write its history. */
function* runInline(
  visit: Visit<MapState>,
  input: Json,
  items: Items,
  most: number,
  inside: Inside | undefined,
): Flow<Json[]> {
  const { trail } = visit.branch;
  const outputs: Json[] = new Array(items.length);
  // What the Map says of itself follows the end of the iteration that ended last; another iteration follows what that end follows.
  let ended = trail.last;
  yield* runPool(visit.run, {
    count: items.length,
    most: () => Math.min(most || LIMITS.inlineConcurrency, LIMITS.inlineConcurrency),
    *job(at, after) {
      const from = inside?.parts.get(at);
      const branch: Branch = {
        run: visit.run,
        trail: { last: from?.last ?? after },
        scope: new Scope(visit.branch.scope),
      };
      try {
        outputs[at] = yield* iterate(visit, input, items.at(at), branch, from, (id) => {
          ended = id;
        });
      } catch (error) {
        // An ItemSelector fails as the Map, before the iteration has begun.
        trail.last = Math.max(trail.last, branch.trail.last);
        throw error;
      }
      return branch.trail.last;
    },
    after: trail.last,
  });
  trail.last = ended;
  return outputs;
}

function* iterate(
  visit: Visit<MapState>,
  input: Json,
  item: Item,
  branch: Branch,
  from: Position | undefined,
  succeeded: (eventId: number) => void,
): Flow<Json> {
  const { run, name, state } = visit;
  const { trail } = branch;
  if (from?.succeeded === true && from.at.kind === 'done') {
    succeeded(trail.last);
    return from.at.output;
  }
  const given = yield* settled(givenTo(visit, input, item));
  if (given !== item.Value) checkData(name, given);
  const index = item.Index;
  const end = (how: 'Succeeded' | 'Failed' | 'Aborted') =>
    run.history.recordKindBeside(trail, ITERATION[how], name, index);
  // One that a redrive goes on with had started before.
  if (from === undefined) run.history.recordKind(trail, ITERATION.Started, name, index);
  let ended = false;
  try {
    const processor = (state.ItemProcessor ?? state.Iterator) as States;
    const output = yield* runStates(branch, processor, given, from);
    ended = true;
    succeeded(end('Succeeded'));
    return output;
  } catch (error) {
    ended = true;
    if (error instanceof StateFailure && error.error !== 'States.Runtime') end('Failed');
    throw error;
  } finally {
    if (!ended && !run.over) end('Aborted');
  }
}
