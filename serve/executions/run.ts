import { interpret } from '../../asl/interpret/interpret.ts';
import type { MapRun } from '../../asl/interpret/map-run.ts';
import type { Clock, Execution, InterpretOptions, TaskHandler } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import type { ExecutionRecord, RevisionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { StopReason } from './executions.ts';
import type { MachineCache } from './machine-cache.ts';
import { writeChildren } from './map-runs.ts';
import { redriveOf } from './redrive.ts';

/** What runs executions. */
export interface RunOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly machines: MachineCache;
  /** What stands for the services, for one execution. */
  readonly tasks: (record: ExecutionRecord) => Promise<TaskHandler>;
  /** Told of a defect: the interpreter or a handler threw. */
  readonly onDefect: (error: unknown, record: ExecutionRecord) => void;
}

/** An execution under way. */
export interface Running {
  readonly record: ExecutionRecord;
  /** Resolves when the end is written; never rejects. */
  readonly ended: Promise<Execution>;
  /** The Map runs that it has started in this process, by ARN. */
  readonly mapRuns: ReadonlyMap<string, MapRun>;
  stop(reason: StopReason): void;
}

/** Interprets an execution. Its events are written as they come, its end before anybody is told of it. */
export function run(record: ExecutionRecord, options: RunOptions): Running {
  const abort = new AbortController();
  const mapRuns = new Map<string, MapRun>();
  return {
    record,
    mapRuns,
    ended: interpretAndWrite(record, abort.signal, mapRuns, options),
    stop: (reason) => abort.abort(reason),
  };
}

async function interpretAndWrite(
  record: ExecutionRecord,
  signal: AbortSignal,
  mapRuns: Map<string, MapRun>,
  options: RunOptions,
): Promise<Execution> {
  const { store, clock } = options;
  let execution: Execution;
  try {
    const revision = store.revisions.get(record.revision) as RevisionRecord;
    execution = await interpret(options.machines.get(revision), {
      ...about(record, revision),
      ...(record.type === 'STANDARD' && observers(record, mapRuns, store)),
      ...(record.redriveCount > 0 && { redrive: redriveOf(record, store) }),
      clock,
      random: options.random,
      tasks: await options.tasks(record),
      signal,
      keepEvents: false,
    });
  } catch (error) {
    options.onDefect(error, record);
    execution = defect(record, error, clock.now());
  }
  if (record.type === 'STANDARD') await writeEnd(record, execution, store);
  return execution;
}

function about(record: ExecutionRecord, revision: RevisionRecord) {
  return {
    input: JSON.parse(record.input) as Json,
    name: record.name,
    machineName: record.machineName,
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    ...(record.versionArn !== undefined && { stateMachineVersionArn: record.versionArn }),
    ...(record.aliasArn !== undefined && { stateMachineAliasArn: record.aliasArn }),
    roleArn: revision.roleArn,
    type: record.type,
  } satisfies Partial<InterpretOptions>;
}

function observers(record: ExecutionRecord, mapRuns: Map<string, MapRun>, store: Store) {
  return {
    onEvent: (event) => void store.events.put([record.serial, event.id], event),
    onMapRun: (mapRun) => {
      mapRuns.set(mapRun.mapRunArn, mapRun);
      const description = mapRun.describe();
      void store.mapRuns.put(mapRun.mapRunArn, { ...description, machineArn: record.machineArn });
      void store.mapRunsOf.put([record.arn, description.startDate, mapRun.mapRunArn], true);
    },
    ...writeChildren(record, store),
  } satisfies Partial<InterpretOptions>;
}

/** An execution whose interpreter broke has failed, and says so. */
function defect(record: ExecutionRecord, error: unknown, now: number): Execution {
  const cause = `dagwright failed in itself; please report this: ${error instanceof Error ? error.message : String(error)}`;
  return { status: 'FAILED', error: 'States.Runtime', cause, startedAt: record.startDate, stoppedAt: now, events: [] };
}

/** Writes the end; events that were put before are in the same transaction or an earlier one. */
async function writeEnd(begun: ExecutionRecord, execution: Execution, store: Store): Promise<void> {
  const { status, output, error, cause, stoppedAt } = execution;
  await store.write(() => {
    const before = store.executions.get(begun.arn) ?? begun;
    const ended: ExecutionRecord = {
      ...before,
      status,
      stopDate: stoppedAt,
      listedAt: stoppedAt,
      ...(output !== undefined && { output: JSON.stringify(output) }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
    store.putExecution(ended, before);
  });
}
