import type { Json } from '../../json.ts';
import { LIMITS } from '../../limits.ts';
import type { MapState, States } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { runPool } from '../pool.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { StateFailure } from '../state-failure.ts';
import type { Branch, Visit } from '../visit.ts';
import type { Item } from './map.ts';

/** The iterations are part of the execution: they read its variables and write its history. */
export function* runInline(visit: Visit<MapState>, input: Json, items: readonly Item[], most: number): Flow<Json[]> {
  const { trail } = visit.branch;
  const outputs: Json[] = new Array(items.length);
  trail.last = yield* runPool(
    visit.run,
    items.length,
    Math.min(most || LIMITS.inlineConcurrency, LIMITS.inlineConcurrency),
    function* (at, after) {
      const branch: Branch = { run: visit.run, trail: { last: after }, scope: new Scope(visit.branch.scope) };
      try {
        outputs[at] = yield* iterate(visit, input, items[at] as Item, branch);
      } catch (error) {
        trail.last = branch.trail.last;
        throw error;
      }
      return branch.trail.last;
    },
    trail.last,
  );
  return outputs;
}

function* iterate(visit: Visit<MapState>, input: Json, item: Item, branch: Branch): Flow<Json> {
  const { run, name, state } = visit;
  const { trail } = branch;
  const selected = yield* settled(languageOf(visit).selectItem(visit, input, item));
  const index = item.Index;
  const record = (kind: string) => {
    const type = `MapIteration${kind}`;
    run.history.record(trail, type, { name, [`mapIteration${kind}EventDetails`]: { name, index } });
  };
  record('Started');
  let ended = false;
  try {
    const output = yield* runStates(branch, (state.ItemProcessor ?? state.Iterator) as States, selected ?? item.Value);
    ended = true;
    record('Succeeded');
    return output;
  } catch (error) {
    ended = true;
    if (error instanceof StateFailure && error.error !== 'States.Runtime') record('Failed');
    throw error;
  } finally {
    if (!ended && !run.over) record('Aborted');
  }
}
