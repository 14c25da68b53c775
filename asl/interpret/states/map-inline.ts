import type { Inside, Position } from '../../history/position.ts';
import type { Json } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import type { MapState, States } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import { type Flow, settled } from '../flow.ts';
import type { Kind } from '../history.ts';
import { runPool } from '../pool.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { StateFailure } from '../state-failure.ts';
import type { Branch, Visit } from '../visit.ts';
import { givenTo, type Item, type Items } from './map-items.ts';

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
export function* runInline(
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
