import type {
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput,
} from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { revisionOf } from '../machines/find.ts';
import { variableReferences } from '../machines/variable-references.ts';
import type { Action } from '../world.ts';

/** Describes the machine as it was when an execution was started, be it changed or deleted since. */
export const describeStateMachineForExecution: Action<
  DescribeStateMachineForExecutionInput,
  DescribeStateMachineForExecutionOutput
> = (input, { store }) => {
  const execution = findExecution(input.executionArn as string, store);
  const revision = revisionOf(execution.revision, store);
  const whole = input.includedData !== 'METADATA_ONLY';
  const { child } = execution;
  return {
    stateMachineArn: execution.machineArn,
    name: execution.machineName,
    definition: whole ? revision.definition : '{}',
    roleArn: revision.roleArn,
    updateDate: new Date(revision.updateDate),
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    mapRunArn: child?.mapRunArn,
    label: child === undefined ? undefined : execution.machineArn.slice(execution.machineArn.indexOf('/') + 1),
    revisionId: revision.revisionId,
    encryptionConfiguration: revision.encryptionConfiguration,
    variableReferences: whole ? variableReferences(revision.definition) : undefined,
  };
};
