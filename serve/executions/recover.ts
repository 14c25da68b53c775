import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { noCounts, STANDINGS } from '../../asl/interpret/states/distributed/ledger.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { StopReason } from './executions.ts';

const REASON = {
  error: 'Dagwright.ServerEnded',
  cause:
    'The endpoint ended while this execution was running, without being able to stop it. What it had done is in its history; RedriveExecution goes on from there.',
} satisfies StopReason;

/**
 * Brings what a server left that was killed into order: executions that were running are ABORTED, with an event that says why; so are
 * their Map runs. Answers how many executions there were.
 */
export async function recover(store: Store, now: number): Promise<number> {
  const arns = [...store.running.getKeys()];
  for (const arn of arns) {
    const record = store.executions.get(arn);
    await store.write(() => {
      if (record?.status === 'RUNNING') abort(record, store, now);
      else void store.running.remove(arn);
    });
  }
  for (const { value } of store.mapRuns.getRange()) {
    if (value.status === 'RUNNING') await store.write(() => abortMapRun(value, store, now));
  }
  return arns.length;
}

function abort(record: ExecutionRecord, store: Store, now: number): void {
  const [last] = store.events.getRange({
    start: [record.serial, Number.MAX_SAFE_INTEGER],
    end: [record.serial, 0],
    reverse: true,
    limit: 1,
  });
  // The clock may have been set back in between.
  const stopDate = Math.max(now, last?.value.timestamp ?? record.startDate);
  const id = (last?.value.id ?? 0) + 1;
  const event: HistoryEvent = {
    id,
    previousEventId: last?.value.id ?? 0,
    timestamp: stopDate,
    type: 'ExecutionAborted',
    executionAbortedEventDetails: REASON,
  };
  void store.events.put([record.serial, id], event);
  store.putExecution({ ...record, status: 'ABORTED', stopDate, listedAt: stopDate, ...REASON }, record);
}

/** The counts that were last written are older than the children's records. */
function abortMapRun(record: MapRunRecord, store: Store, now: number): void {
  const executions = noCounts();
  const items = noCounts();
  for (const { status, child } of store.listed(record.mapRunArn)) {
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE' || child === undefined) continue;
    const key = STANDINGS[status];
    executions[key]++;
    executions.total++;
    items[key] += child.itemCount;
    items.total += child.itemCount;
  }
  items.pending = Math.max(0, record.itemCounts.total - items.total);
  items.total += items.pending;
  void store.mapRuns.put(record.mapRunArn, {
    ...record,
    status: 'ABORTED',
    stopDate: now,
    executionCounts: executions,
    itemCounts: items,
  });
}

const DAY = 24 * 60 * 60 * 1000;

/** Forgets executions that closed so long ago that the service would have forgotten them; answers which. */
export async function prune(store: Store, now: number): Promise<ExecutionRecord[]> {
  const forgotten: ExecutionRecord[] = [];
  const before = now - LIMITS.executionNameDays * DAY;
  for (const { value } of store.executions.getRange()) {
    if (value.stopDate === undefined || value.stopDate >= before) continue;
    const ids = [...store.events.getKeys({ start: [value.serial, 0], end: [value.serial, Number.MAX_SAFE_INTEGER] })];
    await store.write(() => {
      for (const id of ids) void store.events.remove(id);
      store.removeExecution(value);
    });
    forgotten.push(value);
  }
  return forgotten;
}
