import type { ChildExecution } from '../../asl/interpret/map-run.ts';
import type { InterpretOptions } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { World } from '../world.ts';

/** Writes the children of an execution's distributed Maps, and their histories, as they come. */
export function writeChildren(parent: ExecutionRecord, store: Store) {
  /** The records of those that are alive: what was just put cannot be read yet. */
  const alive = new Map<string, ExecutionRecord>();
  return {
    onChildExecution: (child) => {
      if (child.status === 'PENDING') {
        void store.neverStarted.put([child.mapRunArn, child.index], child);
        return;
      }
      const before = alive.get(child.executionArn) ?? store.executions.get(child.executionArn);
      if (before === undefined) void store.neverStarted.remove([child.mapRunArn, child.index]);
      const record = recordOf(child, parent, before?.serial ?? store.nextSerial());
      store.putExecution(record, before);
      if (record.status === 'RUNNING') alive.set(child.executionArn, record);
      else alive.delete(child.executionArn);
    },
    onChildEvent: (executionArn, event) => {
      const serial = alive.get(executionArn)?.serial;
      if (serial !== undefined) void store.events.put([serial, event.id], event);
    },
  } satisfies Partial<InterpretOptions>;
}

function recordOf(child: ChildExecution, parent: ExecutionRecord, serial: number): ExecutionRecord {
  const { startDate = 0, stopDate, output, error, cause, redriveDate } = child;
  return {
    arn: child.executionArn,
    serial,
    name: child.name,
    machineArn: child.stateMachineArn,
    machineName: parent.machineName,
    revision: parent.revision,
    type: child.type,
    status: child.status as ExecutionRecord['status'],
    startDate,
    ...(stopDate !== undefined && { stopDate }),
    input: JSON.stringify(child.input),
    ...(output !== undefined && { output: JSON.stringify(output) }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveCount: child.redriveCount,
    ...(redriveDate !== undefined && { redriveDate }),
    listedAt: stopDate ?? redriveDate ?? startDate,
    child: { mapRunArn: child.mapRunArn, parentArn: parent.arn, index: child.index, itemCount: child.itemCount },
  };
}

/** The children of a Map run as the interpreter knew them. */
export function* childrenOf(mapRunArn: string, store: Store): Generator<ChildExecution> {
  for (const record of store.listed(mapRunArn)) {
    const { child, stopDate, output, error, cause, redriveDate } = record;
    if (child === undefined) continue;
    yield {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      mapRunArn,
      name: record.name,
      type: record.type,
      index: child.index,
      itemCount: child.itemCount,
      input: JSON.parse(record.input) as Json,
      status: record.status as ChildExecution['status'],
      startDate: record.startDate,
      ...(stopDate !== undefined && { stopDate }),
      ...(output !== undefined && { output: JSON.parse(output) as Json }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      redriveCount: record.redriveCount,
      ...(redriveDate !== undefined && { redriveDate }),
    };
  }
  for (const { value } of store.neverStarted.getRange({
    start: [mapRunArn, 0],
    end: [mapRunArn, Number.MAX_SAFE_INTEGER],
  }))
    yield value;
}

/** A Map run as it is now: of one under way, the counts of this moment. @throws ApiError InvalidArn, ResourceNotFound */
export function findMapRun(arn: string, { store, executions }: World): MapRunRecord {
  readArn(arn, 'mapRun');
  const record = store.mapRuns.get(arn);
  if (record === undefined) {
    throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  }
  const live = executions.get(record.executionArn)?.mapRuns.get(arn);
  return live === undefined ? record : { ...live.describe(), machineArn: record.machineArn };
}
