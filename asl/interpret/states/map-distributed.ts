import type { Inside } from '../../history/position.ts';
import type { Json } from '../../json/value.ts';
import { uuidFrom } from '../../jsonata/index.ts';
import { LIMITS } from '../../language/limits.ts';
import type { MapState } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import { type Flow, settled } from '../flow.ts';
import type { MapRunDescription } from '../map-run.ts';
import { runPool } from '../pool.ts';
import { StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-events.ts';
import type { Visit } from '../visit.ts';
import { type Family, runChild } from './distributed/child.ts';
import { type Children, childMachineOf, childrenOf } from './distributed/children.ts';
import { Ledger, STANDINGS, type Standing } from './distributed/ledger.ts';
import { Results, writerOf } from './distributed/results.ts';
import { type Items, percentage, readItems, wholeNumber } from './map-items.ts';

/**
 * Each item, or batch of items, is an execution of its own: it reads no variable of the machine's, and its events stand in a history
 * of its own. Failed ones are tolerated up to a threshold.
 *
 *     settings → the run starts (or is redriven) → items read → children run, their results taken → results written → the run ends
 *
 * @param items what it goes over; undefined where its `ItemReader` is still to read it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function* runDistributed(
  visit: Visit<MapState>,
  input: Json,
  items: Items | undefined,
  most: number,
  inside: Inside | undefined,
): Flow<Json> {
  const { run, branch } = visit;
  const { history, watchers } = run;
  const now = () => run.scheduler.clock.now();
  const ledger = yield* openLedger(visit, input, most, inside);
  const { mapRunArn } = ledger;
  const { redriveCount } = ledger.describe();
  // Asked for before anybody is told of the run, who may then keep the new description in place of it.
  const known = redriveCount > 0 ? run.redrive?.mapRun?.(mapRunArn)?.itemCounts.total : undefined;
  if (redriveCount === 0) {
    history.record(branch.trail, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  } else {
    history.record(branch.trail, 'MapRunRedriven', { mapRunRedrivenEventDetails: { mapRunArn, redriveCount } });
  }
  watchers.onMapRun?.(ledger);
  let children: Children | undefined;
  let results: Results | undefined;
  let ended = false;
  const close = (status: Exclude<MapRunDescription['status'], 'RUNNING'>) => {
    ended = true;
    if (status !== 'SUCCEEDED' && watchers.onChildExecution !== undefined) {
      // Those that were never started: a redrive wants them, whatever has become of the dataset.
      for (const { record } of children?.left() ?? [])
        if (record.status === 'PENDING') watchers.onChildExecution(record);
    }
    children?.close();
    ledger.end(status, now());
    watchers.onMapRun?.(ledger);
  };
  let result: Json;
  try {
    const writer = yield* writerOf(visit, input, mapRunArn);
    children = yield* childrenOf(
      visit,
      input,
      () => (items === undefined ? readItems(visit, input) : settled(items)),
      mapRunArn,
      redriveCount > 0 && { total: known },
    );
    results = new Results(visit, writer, ledger);
    children.countIn(ledger);
    for (const record of children.done) results.take(record);
    watchers.onMapRun?.(ledger);
    yield* runChildren(visit, children, results, ledger);
    yield* results.writeAll();
    result = results.result();
    checkData(visit.name, result);
    close('SUCCEEDED');
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    if (children !== undefined && results !== undefined) yield* writeWhatThereIs(children, results, error);
    close('FAILED');
    history.record(branch.trail, 'MapRunFailed', { mapRunFailedEventDetails: errorOf(error) });
    throw error;
  } finally {
    if (!ended) {
      close('ABORTED');
      if (!run.over) history.record(branch.trail, 'MapRunAborted');
    }
  }
  history.record(branch.trail, 'MapRunSucceeded');
  return result;
}

function* openLedger(visit: Visit<MapState>, input: Json, most: number, inside: Inside | undefined): Flow<Ledger> {
  const { run, name } = visit;
  const toleratedFailureCount = yield* wholeNumber(visit, input, 'ToleratedFailureCount');
  const toleratedFailurePercentage = yield* percentage(visit, input);
  const before = inside?.mapRun;
  const redriveCount = before === undefined ? 0 : before.redriveCount + 1;
  if (redriveCount > LIMITS.mapRunRedrives)
    throw new StateFailure(
      'States.Runtime',
      `The Map Run of '${name}' cannot be redriven more than ${LIMITS.mapRunRedrives} times.`,
    );
  const now = run.scheduler.clock.now();
  const label = childMachineOf(visit).replace(':stateMachine:', ':mapRun:');
  return new Ledger({
    mapRunArn: before?.arn ?? `${label}:${uuidFrom(run.random)}`,
    executionArn: String(run.execution.Id),
    startDate: before?.startedAt ?? now,
    redriveCount,
    ...(redriveCount > 0 && { redriveDate: now }),
    maxConcurrency: most,
    toleratedFailureCount,
    toleratedFailurePercentage,
    post: (action) => run.scheduler.post(action),
  });
}

/** Runs the children, as many at one time as the run may have. Fails as soon as more have failed than are tolerated. */
function* runChildren(visit: Visit<MapState>, children: Children, results: Results, ledger: Ledger): Flow<void> {
  const { run, branch } = visit;
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
    count: children.count,
    most: () => Math.min(ledger.maxConcurrency || LIMITS.distributedConcurrency, LIMITS.distributedConcurrency),
    *job() {
      const child = yield* children.next();
      if (child === undefined) return undefined;
      let standing: Standing = child.record.status === 'PENDING' ? 'pending' : 'pendingRedrive';
      yield* runChild(visit, child, family, (record) => {
        ledger.move(standing, STANDINGS[record.status], record.itemCount);
        standing = STANDINGS[record.status];
        if (record.status !== 'RUNNING') results.take(record);
        run.watchers.onChildExecution?.(record);
      });
      if (results.hasFull) yield* results.writeFull();
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

/** Why a Map run fails of whose items more have failed than are tolerated. */
export function exceeded(): StateFailure {
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

/** The results of a run that failed are written as well; what it failed with is then what counts. */
function* writeWhatThereIs(children: Children, results: Results, failure: StateFailure): Flow<void> {
  if (failure.error === 'States.ResultWriterFailed' || !results.areWritten) return;
  try {
    let isLeft = false;
    for (const { record } of children.left()) {
      isLeft = true;
      results.take(record);
    }
    if (!isLeft) {
      for (let child = yield* children.next(); child !== undefined; child = yield* children.next())
        results.take(child.record);
    }
    yield* results.writeAll();
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
  }
}
