import type { StopExecutionInput, StopExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import type { Action } from '../world.ts';

/** Aborts an execution, and answers when that is written. Stopping what has ended is no error. */
export const stopExecution: Action<StopExecutionInput, StopExecutionOutput> = async (input, world) => {
  const { store, executions } = world;
  const arn = input.executionArn as string;
  const { status } = findExecution(arn, store);
  if (status === 'RUNNING')
    await executions.stop(arn, { error: input.error ?? undefined, cause: input.cause ?? undefined });
  return { stopDate: new Date(findExecution(arn, store).stopDate ?? world.clock.now()) };
};
