import type { DescribeMapRunInput, DescribeMapRunOutput } from '@aws-sdk/client-sfn';
import { findMapRun } from '../executions/find-map-run.ts';
import { dateOf } from '../protocol/date.ts';
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
