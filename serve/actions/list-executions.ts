import type { ExecutionListItem, ListExecutionsInput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import { readArn } from '../arn.ts';
import { summary } from '../executions/summary.ts';
import { findMachine } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { page } from '../protocol/page.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Action, World } from '../world.ts';

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
