import type { ListMapRunsInput, ListMapRunsOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { findMapRun } from '../executions/find-map-run.ts';
import { dateOf } from '../protocol/date.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

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
