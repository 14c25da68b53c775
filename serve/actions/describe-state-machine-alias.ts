import type { DescribeStateMachineAliasInput, DescribeStateMachineAliasOutput } from '@aws-sdk/client-sfn';
import { findAlias } from '../machines/routing.ts';
import type { Action } from '../world.ts';

export const describeStateMachineAlias: Action<DescribeStateMachineAliasInput, DescribeStateMachineAliasOutput> = (
  input,
  { store },
) => {
  const alias = findAlias(input.stateMachineAliasArn as string, store);
  return {
    stateMachineAliasArn: alias.arn,
    name: alias.name,
    description: alias.description,
    routingConfiguration: [...alias.routing],
    creationDate: new Date(alias.creationDate),
    updateDate: new Date(alias.updateDate),
  };
};
