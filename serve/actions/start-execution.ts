import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { newExecution } from '../executions/new-execution.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

/** Starts an execution. The same name with the same input is the same request as long as the execution runs. */
export const startExecution: Action<StartExecutionInput, StartExecutionOutput> = async (input, world, request) => {
  const { store, executions } = world;
  const made = await newExecution(input, world, request);
  if (made.type === 'EXPRESS') {
    executions.begin(made);
    return { executionArn: made.arn, startDate: new Date(made.startDate) };
  }
  const { record, begun } = await store.write(() => {
    const there = store.executions.get(made.arn);
    if (there === undefined) {
      store.putExecution(made);
      return { record: made, begun: true };
    }
    if (there.status !== 'RUNNING' || there.input !== made.input) {
      throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${made.arn}'`);
    }
    return { record: there, begun: false };
  });
  if (begun) executions.begin(record);
  return { executionArn: record.arn, startDate: new Date(record.startDate) };
};
