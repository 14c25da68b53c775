import type { StartSyncExecutionInput, StartSyncExecutionOutput } from '@aws-sdk/client-sfn';
import { newExecution } from '../executions/new-execution.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

/** What the service bills: steps of 100 ms, and of 64 MB. @see https://aws.amazon.com/step-functions/pricing/ */
const STEP = { milliseconds: 100, megabytes: 64 };

/** Runs an Express workflow and answers how it ended. */
export const startSyncExecution: Action<StartSyncExecutionInput, StartSyncExecutionOutput> = async (
  input,
  world,
  request,
) => {
  const record = await newExecution(input, world, request);
  if (record.type !== 'EXPRESS') {
    throw new ApiError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  const { status, output, error, cause, startedAt, stoppedAt } = await world.executions.begin(record).ended;
  const whole = input.includedData !== 'METADATA_ONLY';
  const duration = Math.max(1, Math.ceil((stoppedAt - startedAt) / STEP.milliseconds)) * STEP.milliseconds;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    startDate: new Date(record.startDate),
    stopDate: new Date(stoppedAt),
    // The server is being stopped: the API has no word for it here.
    status: status === 'ABORTED' ? 'FAILED' : status,
    error,
    cause,
    ...(whole && { input: record.input }),
    inputDetails: { included: whole },
    ...(output !== undefined && {
      ...(whole && { output: JSON.stringify(output) }),
      outputDetails: { included: whole },
    }),
    traceHeader: record.traceHeader,
    billingDetails: { billedDurationInMilliseconds: duration, billedMemoryUsedInMB: STEP.megabytes },
  };
};
