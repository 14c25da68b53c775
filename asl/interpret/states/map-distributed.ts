import type { Json } from '../../json/value.ts';
import { uuidFrom } from '../../jsonata/index.ts';
import { LIMITS } from '../../language/limits.ts';
import type { MapState } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import type { Flow } from '../flow.ts';
import type { ChildExecution, MapRunDescription } from '../map-run.ts';
import type { Inside } from '../redrive/position.ts';
import { StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-events.ts';
import type { Visit } from '../visit.ts';
import { Ledger, STANDINGS } from './distributed/ledger.ts';
import { childMachineOf, type Planned, planOf } from './distributed/plan.ts';
import { resultOf, type Writer, writeResults, writerOf } from './distributed/results.ts';
import { runChildren } from './distributed/run-children.ts';
import type { Item } from './map-items.ts';
import { percentage, wholeNumber } from './map-items.ts';

/**
 * Each item, or batch of items, is an execution of its own: it reads no variable of the machine's, and its events stand in a history
 * of its own. Failed ones are tolerated up to a threshold.
 *
 *     settings → the run starts (or is redriven) → items read → children planned → children run → results written → the run ends
 *
 * @param items what it goes over; undefined where its `ItemReader` is still to read it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function* runDistributed(
  visit: Visit<MapState>,
  input: Json,
  items: readonly Item[] | undefined,
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
  let plan: readonly Planned[] = [];
  let ended = false;
  const records: ChildExecution[] = [];
  const close = (status: Exclude<MapRunDescription['status'], 'RUNNING'>) => {
    ended = true;
    if (status !== 'SUCCEEDED') tellPending(visit, plan, records);
    ledger.end(status, now());
    watchers.onMapRun?.(ledger);
  };
  let writer: Writer | undefined;
  let result: Json;
  try {
    writer = yield* writerOf(visit, input, mapRunArn);
    plan = yield* planOf(visit, input, items, mapRunArn, redriveCount > 0 && { total: known });
    count(ledger, plan, records);
    watchers.onMapRun?.(ledger);
    yield* runChildren(visit, plan, records, ledger);
    yield* writeResults(visit, writer, plan, records, ledger);
    result = resultOf(writer, records);
    checkData(visit.name, result);
    close('SUCCEEDED');
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    const failure = yield* writeWhatThereIs(visit, writer, plan, records, ledger, error);
    close('FAILED');
    history.record(branch.trail, 'MapRunFailed', { mapRunFailedEventDetails: errorOf(failure) });
    throw failure;
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

function count(ledger: Ledger, plan: readonly Planned[], records: ChildExecution[]): void {
  for (const { record, done } of plan) {
    ledger.add(done || record.status === 'PENDING' ? STANDINGS[record.status] : 'pendingRedrive', record.itemCount);
    if (!done) continue;
    records[record.index] = record;
    if (record.status !== 'SUCCEEDED') ledger.lost(record.itemCount);
  }
}

/** Those that were never started: a redrive wants them, whatever has become of the dataset. */
function tellPending(visit: Visit<MapState>, plan: readonly Planned[], records: readonly ChildExecution[]): void {
  const { onChildExecution } = visit.run.watchers;
  if (onChildExecution === undefined) return;
  for (const { record } of plan) {
    if (record.status === 'PENDING' && records[record.index] === undefined) onChildExecution(record);
  }
}

/** The results of a run that failed are written as well; what it failed with is then what counts. */
function* writeWhatThereIs(
  visit: Visit<MapState>,
  writer: Writer | undefined,
  plan: readonly Planned[],
  records: readonly ChildExecution[],
  ledger: Ledger,
  failure: StateFailure,
): Flow<StateFailure> {
  if (failure.error === 'States.ResultWriterFailed' || plan.length === 0) return failure;
  try {
    yield* writeResults(visit, writer, plan, records, ledger);
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
  }
  return failure;
}
