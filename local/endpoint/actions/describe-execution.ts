import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { redriveStatus } from '../executions/redrive.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Action } from '../world.ts';

/** Describes an execution of a Standard workflow, or a child of a distributed Map. */
export const describeExecution: Action<DescribeExecutionInput, DescribeExecutionOutput> = (input, { store, clock }) => {
  const record = findExecution(input.executionArn as string, store);
  return description(record, store, clock.now(), input.includedData !== 'METADATA_ONLY');
};

export function description(record: ExecutionRecord, store: Store, now: number, whole = true): DescribeExecutionOutput {
  const redrive = redriveStatus(record, store, now);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: new Date(record.startDate),
    stopDate: dateOf(record.stopDate),
    ...(whole && { input: record.input }),
    inputDetails: { included: whole },
    ...(record.output !== undefined && { ...(whole && { output: record.output }), outputDetails: { included: whole } }),
    traceHeader: record.traceHeader,
    mapRunArn: record.child?.mapRunArn,
    error: record.error,
    cause: record.cause,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: record.redriveCount,
    redriveDate: dateOf(record.redriveDate),
    redriveStatus: redrive.status,
    redriveStatusReason: redrive.status === 'NOT_REDRIVABLE' ? redrive.reason : undefined,
  };
}

function dateOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
