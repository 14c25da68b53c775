import type {
  HistoryEvent as ApiEvent,
  DescribeExecutionInput,
  DescribeExecutionOutput,
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
  ExecutionListItem,
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
  ListExecutionsInput,
  ListExecutionsOutput,
  RedriveExecutionInput,
  RedriveExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StartSyncExecutionInput,
  StartSyncExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { readArn } from '../arn.ts';
import { findExecution, newExecution, summary } from '../executions/record.ts';
import { redriveStatus } from '../executions/redrive.ts';
import { findMachine, revisionOf } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Action, World } from '../world.ts';
import { variableReferences } from './definitions.ts';

/** Starts an execution. The same name with the same input is the same request as long as the execution runs. */
export const startExecution: Action<StartExecutionInput, StartExecutionOutput> = async (input, world, request) => {
  const { store, executions } = world;
  const made = await newExecution(input, world, request);
  if (made.type === 'EXPRESS') {
    executions.begin(made);
    return { executionArn: made.arn, startDate: new Date(made.startDate) };
  }
  const { record, begun } = await store.write(() => {
    const there = store.executions.get(made.arn);
    if (there === undefined) {
      store.putExecution(made);
      return { record: made, begun: true };
    }
    if (there.status !== 'RUNNING' || there.input !== made.input) {
      throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${made.arn}'`);
    }
    return { record: there, begun: false };
  });
  if (begun) executions.begin(record);
  return { executionArn: record.arn, startDate: new Date(record.startDate) };
};

/** What the service bills: steps of 100 ms, and of 64 MB. @see https://aws.amazon.com/step-functions/pricing/ */
const STEP = { milliseconds: 100, megabytes: 64 };

/** Runs an Express workflow and answers how it ended. */
export const startSyncExecution: Action<StartSyncExecutionInput, StartSyncExecutionOutput> = async (
  input,
  world,
  request,
) => {
  const record = await newExecution(input, world, request);
  if (record.type !== 'EXPRESS') {
    throw new ApiError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  const { status, output, error, cause, startedAt, stoppedAt } = await world.executions.begin(record).ended;
  const whole = input.includedData !== 'METADATA_ONLY';
  const duration = Math.max(1, Math.ceil((stoppedAt - startedAt) / STEP.milliseconds)) * STEP.milliseconds;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    startDate: new Date(record.startDate),
    stopDate: new Date(stoppedAt),
    // The server is being stopped: the API has no word for it here.
    status: status === 'ABORTED' ? 'FAILED' : status,
    error,
    cause,
    ...(whole && { input: record.input }),
    inputDetails: { included: whole },
    ...(output !== undefined && {
      ...(whole && { output: JSON.stringify(output) }),
      outputDetails: { included: whole },
    }),
    traceHeader: record.traceHeader,
    billingDetails: { billedDurationInMilliseconds: duration, billedMemoryUsedInMB: STEP.megabytes },
  };
};

/** Describes an execution of a Standard workflow, or a child of a distributed Map. */
export const describeExecution: Action<DescribeExecutionInput, DescribeExecutionOutput> = (input, { store, clock }) => {
  const record = findExecution(input.executionArn as string, store);
  return description(record, store, clock.now(), input.includedData !== 'METADATA_ONLY');
};

export function description(record: ExecutionRecord, store: Store, now: number, whole = true): DescribeExecutionOutput {
  const redrive = redriveStatus(record, store, now);
  return {
    ...summary(record),
    ...(whole && { input: record.input }),
    inputDetails: { included: whole },
    ...(record.output !== undefined && { ...(whole && { output: record.output }), outputDetails: { included: whole } }),
    traceHeader: record.traceHeader,
    error: record.error,
    cause: record.cause,
    redriveStatus: redrive.status,
    redriveStatusReason: redrive.status === 'NOT_REDRIVABLE' ? redrive.reason : undefined,
  };
}

/** Describes the machine as it was when an execution was started, be it changed or deleted since. */
export const describeStateMachineForExecution: Action<
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput
> = (input, { store }) => {
  const execution = findExecution(input.executionArn as string, store);
  const revision = revisionOf(execution.revision, store);
  const whole = input.includedData !== 'METADATA_ONLY';
  const { child } = execution;
  return {
    stateMachineArn: execution.machineArn,
    name: execution.machineName,
    definition: whole ? revision.definition : '{}',
    roleArn: revision.roleArn,
    updateDate: new Date(revision.updateDate),
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    mapRunArn: child?.mapRunArn,
    label: child === undefined ? undefined : execution.machineArn.slice(execution.machineArn.indexOf('/') + 1),
    revisionId: revision.revisionId,
    encryptionConfiguration: revision.encryptionConfiguration,
    variableReferences: whole ? variableReferences(revision.definition) : undefined,
  };
};

/** Lists the executions of a machine, a version or an alias, or the children of a Map run; the latest first. */
export const listExecutions: Action<ListExecutionsInput, ListExecutionsOutput> = (input, world) => {
  const { store, pager } = world;
  const { statusFilter, redriveFilter } = input;
  const { of, belongs } = scopeOf(input, world);
  const what = ['ListExecutions', input.stateMachineArn, input.mapRunArn, statusFilter, redriveFilter];
  const { items, nextToken } = page(pager, what, input, function* (after: [number, number] | undefined) {
    for (const record of store.listed(of, after)) {
      if (!belongs(record)) continue;
      if (statusFilter !== undefined && record.status !== statusFilter) continue;
      if (redriveFilter !== undefined && (redriveFilter === 'REDRIVEN') !== record.redriveCount > 0) continue;
      yield { key: [record.listedAt, record.serial] as [number, number], item: record };
    }
  });
  return { executions: items.map(itemOf), nextToken };
};

/** What is listed, and which of it was asked for. */
function scopeOf(
  { stateMachineArn, mapRunArn, statusFilter }: ListExecutionsInput,
  { store, random }: World,
): { of: string; belongs: (record: ExecutionRecord) => boolean } {
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    const both = stateMachineArn !== undefined;
    throw new ApiError(
      'ValidationException',
      both
        ? 'Must provide either a StateMachine ARN or a MapRun ARN, not both'
        : 'Must provide a StateMachine ARN or MapRun ARN',
    );
  }
  if (mapRunArn !== undefined) {
    readArn(mapRunArn, 'mapRun');
    if (store.mapRuns.get(mapRunArn) === undefined) {
      throw new ApiError('ResourceNotFound', `Resource not found: '${mapRunArn}'`, { resourceName: mapRunArn });
    }
    return { of: mapRunArn, belongs: () => true };
  }
  if (statusFilter === 'PENDING_REDRIVE') {
    throw new ApiError('ValidationException', 'The status filter PENDING_REDRIVE needs a mapRunArn');
  }
  const { machine, version, alias } = findMachine(stateMachineArn as string, store, random);
  if (machine.type === 'EXPRESS') {
    throw new ApiError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  if (alias !== undefined) return { of: machine.arn, belongs: ({ aliasArn }) => aliasArn === alias.arn };
  if (version !== undefined) return { of: machine.arn, belongs: ({ versionArn }) => versionArn === version.arn };
  return { of: machine.arn, belongs: () => true };
}

function itemOf(record: ExecutionRecord): ExecutionListItem {
  return { ...summary(record), itemCount: record.child?.itemCount };
}

/** The history of an execution, that of one under way as far as it has come. */
export const getExecutionHistory: Action<GetExecutionHistoryInput, GetExecutionHistoryOutput> = (input, world) => {
  const { store, pager } = world;
  const { serial, arn } = findExecution(input.executionArn as string, store);
  const { reverseOrder: reverse = false, includeExecutionData = true } = input;
  const first = reverse ? Number.MAX_SAFE_INTEGER : 0;
  const end: [number, number] = [serial, reverse ? 0 : Number.MAX_SAFE_INTEGER];
  const what = ['GetExecutionHistory', arn, reverse, includeExecutionData];
  const { items, nextToken } = page(pager, what, input, function* (after: number | undefined) {
    for (const { value } of store.events.getRange({ start: [serial, after ?? first], end, reverse })) {
      if (value.id !== after) yield { key: value.id, item: value };
    }
  });
  return { events: items.map((event) => eventOf(event, includeExecutionData)), nextToken };
};

/** Of the data of an execution, what is left out on demand. */
const DATA: ReadonlySet<string> = new Set(['input', 'output']);

/** As the API has it: the flat name of a state is the interpreter's. */
function eventOf({ name: _, timestamp, ...event }: HistoryEvent, whole: boolean): ApiEvent {
  const kept = Object.entries(event).map(([key, value]) => [
    key,
    whole || typeof value !== 'object' || value === null ? value : withoutData(value),
  ]);
  return { ...Object.fromEntries(kept), timestamp: new Date(timestamp) } as ApiEvent;
}

function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !DATA.has(key)));
}

/** Aborts an execution, and answers when that is written. Stopping what has ended is no error. */
export const stopExecution: Action<StopExecutionInput, StopExecutionOutput> = async (input, world) => {
  const { store, executions } = world;
  const arn = input.executionArn as string;
  const { status, child } = findExecution(arn, store);
  if (child !== undefined && status === 'RUNNING') {
    throw new ApiError(
      'ValidationException',
      `A child of a Map Run is stopped with its parent here: '${child.parentArn}'`,
    );
  }
  if (status === 'RUNNING') await executions.stop(arn, { error: input.error, cause: input.cause });
  return { stopDate: new Date(findExecution(arn, store).stopDate ?? world.clock.now()) };
};

/** So many client tokens of an execution are remembered, for so long. */
const TOKENS = { most: 10, milliseconds: 15 * 60 * 1000 };

/** Goes on with an execution that did not succeed, from where it stood. */
export const redriveExecution: Action<RedriveExecutionInput, RedriveExecutionOutput> = async (input, world) => {
  const { store, clock, executions } = world;
  const arn = input.executionArn as string;
  const { clientToken } = input;
  findExecution(arn, store);
  const now = clock.now();
  const { record, begun } = await store.write(() => {
    const before = findExecution(arn, store);
    const known = (before.redrives ?? []).filter(({ at }) => now - at < TOKENS.milliseconds);
    const same = known.find((redrive) => redrive.clientToken === clientToken);
    if (same !== undefined) return { record: { ...before, redriveDate: same.at }, begun: false };
    const redrive = redriveStatus(before, store, now);
    if (redrive.status !== 'REDRIVABLE') {
      const reason = redrive.status === 'NOT_REDRIVABLE' ? redrive.reason : 'Execution is redriven by its Map Run';
      throw new ApiError('ExecutionNotRedrivable', `Execution Not Redrivable: '${arn}'. ${reason}`);
    }
    const { stopDate: _s, error: _e, cause: _c, output: _o, ...kept } = before;
    const record: ExecutionRecord = {
      ...kept,
      status: 'RUNNING',
      redriveCount: before.redriveCount + 1,
      redriveDate: now,
      listedAt: now,
      redrives: [...known, ...(clientToken === undefined ? [] : [{ clientToken, at: now }])].slice(-TOKENS.most),
    };
    store.putExecution(record, before);
    return { record, begun: true };
  });
  if (begun) executions.begin(record);
  return { redriveDate: new Date(record.redriveDate as number) };
};
