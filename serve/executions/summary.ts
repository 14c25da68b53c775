import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { dateOf } from '../protocol/date.ts';
import type { ExecutionRecord } from '../store/records.ts';

/** What DescribeExecution and ListExecutions both say of an execution. */
export function summary(record: ExecutionRecord) {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: new Date(record.startDate),
    stopDate: dateOf(record.stopDate),
    mapRunArn: record.child?.mapRunArn,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: record.redriveCount,
    redriveDate: dateOf(record.redriveDate),
  } satisfies ExecutionListItem;
}
