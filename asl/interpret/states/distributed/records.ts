import type { Json, JsonObject } from '../../../json.ts';
import type { ChildExecution } from '../../map-run.ts';
import { isoTimestamp } from '../../timestamp.ts';

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** A child as a result file has it: with all that is known of it. */
export function fullRecord(child: ChildExecution): JsonObject {
  const { executionArn, stateMachineArn, name, input, output, error, cause, status, startDate, stopDate } = child;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: executionArn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    ...(output !== undefined && { Output: JSON.stringify(output), OutputDetails: { Included: true } }),
    RedriveCount: child.redriveCount,
    ...(status !== 'PENDING' && redriveStatus(status)),
    ...(startDate !== undefined && { StartDate: isoTimestamp(startDate) }),
    StateMachineArn: stateMachineArn,
    Status: status,
    ...(stopDate !== undefined && { StopDate: isoTimestamp(stopDate) }),
  };
}

function redriveStatus(status: string): JsonObject {
  if (status !== 'SUCCEEDED') return { RedriveStatus: 'REDRIVABLE' };
  return {
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}

/** What the children have to show, in order; what failed stands in it unchanged, whatever the transformation. */
export function transformed(
  children: readonly ChildExecution[],
  transformation: Transformation,
  failed: (child: ChildExecution) => Json,
): Json[] {
  return children.flatMap((child): Json[] => {
    if (child.status !== 'SUCCEEDED') return [failed(child)];
    if (transformation === 'NONE') return [fullRecord(child)];
    const { output = null } = child;
    return transformation === 'FLATTEN' && Array.isArray(output) ? (output as Json[]) : [output];
  });
}

/** A tolerated failure where a Map's results stand in its output. */
export function shortRecord({ status, error, cause }: ChildExecution): JsonObject {
  return {
    Status: status,
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
  };
}
