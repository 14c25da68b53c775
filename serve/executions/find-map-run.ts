import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { MapRunRecord } from '../store/records.ts';
import type { World } from '../world.ts';

/** A Map run as it is now: of one under way, the counts of this moment. @throws ApiError InvalidArn, ResourceNotFound */
export function findMapRun(arn: string, { store, executions }: World): MapRunRecord {
  readArn(arn, 'mapRun');
  const record = store.mapRuns.get(arn);
  if (record === undefined) {
    throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  }
  const live = executions.get(record.executionArn)?.mapRuns.get(arn);
  return live === undefined ? record : { ...live.describe(), machineArn: record.machineArn };
}
