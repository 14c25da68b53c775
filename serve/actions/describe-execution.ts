import type { DescribeExecutionInput, DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { redriveStatus } from '../executions/redrive.ts';
import { summary } from '../executions/summary.ts';
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
