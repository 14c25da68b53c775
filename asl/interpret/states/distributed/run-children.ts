import { LIMITS } from '../../../language/limits.ts';
import type { MapState } from '../../../language/types.ts';
import type { Flow } from '../../flow.ts';
import type { ChildExecution } from '../../map-run.ts';
import { runPool } from '../../pool.ts';
import { StateFailure } from '../../state-failure.ts';
import type { Visit } from '../../visit.ts';
import type { Family } from './child.ts';
import { runChild } from './child.ts';
import type { Ledger } from './ledger.ts';
import { STANDINGS, type Standing } from './ledger.ts';
import { childMachineOf, type Planned } from './plan.ts';

/**
 * Runs the children that are to run, as many at one time as the run may have, and keeps the record of each where its number says. Fails
 * as soon as more have failed than are tolerated.
 */
export function* runChildren(
  visit: Visit<MapState>,
  plan: readonly Planned[],
  records: ChildExecution[],
  ledger: Ledger,
): Flow<void> {
  const { run, branch } = visit;
  const todo = plan.filter(({ done }) => !done);
  const machine = childMachineOf(visit);
  const family: Family = {
    parent: run,
    stateMachine: { Id: machine, Name: machine.slice(machine.lastIndexOf(':') + 1) },
    closing: false,
  };
  const check = () => (ledger.exceeded() ? exceeded() : undefined);
  const lost = check();
  if (lost !== undefined) throw lost;
  yield* runPool(run, {
    count: todo.length,
    most: () => Math.min(ledger.maxConcurrency || LIMITS.distributedConcurrency, LIMITS.distributedConcurrency),
    *job(at) {
      const child = todo[at] as Planned;
      let standing: Standing = child.record.status === 'PENDING' ? 'pending' : 'pendingRedrive';
      yield* runChild(visit, child, family, (record) => {
        ledger.move(standing, STANDINGS[record.status], record.itemCount);
        standing = STANDINGS[record.status];
        child.record = record;
        records[record.index] = record;
        run.watchers.onChildExecution?.(record);
      });
      const failure = check();
      if (failure !== undefined) throw failure;
      return branch.trail.last;
    },
    after: branch.trail.last,
    closing: () => {
      family.closing = true;
    },
    adjustable: (adjust) => {
      ledger.onUpdate = () => adjust(check());
    },
  });
}

export function exceeded(): StateFailure {
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}
