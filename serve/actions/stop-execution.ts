import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

/** Aborts an execution, and answers when that is written. Stopping what has ended is no error. */
export const stopExecution: Action<StopExecutionInput, StopExecutionOutput> = async (input, world) => {
  const { store, executions } = world;
  const arn = input.executionArn as string;
  const { status, child } = findExecution(arn, store);
  if (child !== undefined && status === 'RUNNING') {
    throw new ApiError(
      'ValidationException',
      `A child of a Map Run is stopped with its parent here: '${child.parentArn}'`,
    );
  }
  if (status === 'RUNNING') await executions.stop(arn, { error: input.error, cause: input.cause });
  return { stopDate: new Date(findExecution(arn, store).stopDate ?? world.clock.now()) };
};
