import type {
  DescribeMapRunInput,
  DescribeMapRunOutput,
  ListMapRunsInput,
  ListMapRunsOutput,
  UpdateMapRunInput,
  UpdateMapRunOutput,
} from '@aws-sdk/client-sfn';
import type { MapRunSettings } from '../../asl/interpret/map-run.ts';
import { findMapRun } from '../executions/map-runs.ts';
import { findExecution } from '../executions/record.ts';
import { ApiError } from '../protocol/api-error.ts';
import { dateOf } from '../protocol/dispatch.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

export const describeMapRun: Action<DescribeMapRunInput, DescribeMapRunOutput> = (input, world) => {
  const { machineArn: _, startDate, stopDate, redriveDate, ...run } = findMapRun(input.mapRunArn as string, world);
  return {
    ...run,
    startDate: new Date(startDate),
    stopDate: dateOf(stopDate),
    redriveDate: dateOf(redriveDate),
  };
};

/** Lists the Map runs of an execution, the latest first. */
export const listMapRuns: Action<ListMapRunsInput, ListMapRunsOutput> = (input, world) => {
  const { store, pager } = world;
  const { arn } = findExecution(input.executionArn as string, store);
  const { items, nextToken } = page(
    pager,
    ['ListMapRuns', arn],
    input,
    function* (after: [number, string] | undefined) {
      const start: [string, number, string] = [arn, ...(after ?? ([Number.MAX_SAFE_INTEGER, ''] as const))];
      for (const [, startDate, mapRunArn] of store.mapRunsOf.getKeys({ start, end: [arn, 0, ''], reverse: true })) {
        if (mapRunArn !== after?.[1]) yield { key: [startDate, mapRunArn] as [number, string], item: mapRunArn };
      }
    },
  );
  return {
    mapRuns: items.map((mapRunArn) => {
      const run = findMapRun(mapRunArn, world);
      return {
        executionArn: arn,
        mapRunArn,
        stateMachineArn: run.machineArn,
        startDate: new Date(run.startDate),
        stopDate: dateOf(run.stopDate),
      };
    }),
    nextToken,
  };
};

/** Changes the concurrency and the tolerance of a Map run under way. */
export const updateMapRun: Action<UpdateMapRunInput, UpdateMapRunOutput> = (input, world) => {
  const { mapRunArn = '', ...given } = input;
  const settings = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<MapRunSettings>;
  const { executionArn, status } = findMapRun(mapRunArn, world);
  if (Object.keys(settings).length === 0) {
    throw new ApiError('ValidationException', 'At least one setting of the Map Run must be specified', {
      reason: 'MISSING_REQUIRED_PARAMETER',
    });
  }
  const run = world.executions.get(executionArn)?.mapRuns.get(mapRunArn);
  if (run === undefined || status !== 'RUNNING') {
    throw new ApiError('ValidationException', `The Map Run has completed: '${mapRunArn}'`, {
      reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN',
    });
  }
  run.update(settings);
  return {};
};
