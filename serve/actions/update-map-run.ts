import type { UpdateMapRunInput, UpdateMapRunOutput } from '@aws-sdk/client-sfn';
import type { MapRunSettings } from '../../asl/interpret/map-run.ts';
import { findMapRun } from '../executions/find-map-run.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

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
