import type { DescribeStateMachineInput, DescribeStateMachineOutput } from '@aws-sdk/client-sfn';
import { findMachine } from '../machines/find.ts';
import { variableReferences } from '../machines/variable-references.ts';
import type { Action } from '../world.ts';

/** Describes a machine's current revision, or a version. */
export const describeStateMachine: Action<DescribeStateMachineInput, DescribeStateMachineOutput> = (input, world) => {
  const { machine, revision, version } = findMachine(input.stateMachineArn as string, world.store, world.random);
  const whole = input.includedData !== 'METADATA_ONLY';
  return {
    stateMachineArn: version?.arn ?? machine.arn,
    name: machine.name,
    status: machine.status,
    definition: whole ? revision.definition : '{}',
    roleArn: revision.roleArn,
    type: machine.type,
    creationDate: new Date(version?.creationDate ?? machine.creationDate),
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    revisionId: revision.revisionId,
    description: version?.description,
    encryptionConfiguration: revision.encryptionConfiguration,
    variableReferences: whole ? variableReferences(revision.definition) : undefined,
  };
};
