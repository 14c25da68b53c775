import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** An execution whose record is kept. @throws ApiError InvalidArn, ExecutionDoesNotExist */
export function findExecution(arn: string, store: Store): ExecutionRecord {
  const record = store.executions.get(arn);
  if (record !== undefined) return record;
  readArn(arn, 'execution');
  throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}
