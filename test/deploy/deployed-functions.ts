import { Lambda } from '@aws-sdk/client-lambda';
import { SFN } from '@aws-sdk/client-sfn';
import { ROOT } from '../aws/deployer.ts';
import { REGION } from './support.ts';

/** By function: its aliases, each with the version that it leads to. */
export async function deployedFunctions(endpoint: string): Promise<Record<string, Record<string, string>>> {
  const client = new Lambda({ region: REGION, endpoint, credentials: ROOT });
  const { Functions = [] } = await client.listFunctions({});
  const found = await Promise.all(
    Functions.map(async ({ FunctionName }) => {
      const { Aliases = [] } = await client.listAliases({ FunctionName });
      return [
        FunctionName!,
        Object.fromEntries(Aliases.map(({ Name, FunctionVersion }) => [Name!, FunctionVersion!])),
      ] as const;
    }),
  );
  client.destroy();
  return Object.fromEntries(found.sort());
}

/** The functions that the version of a machine names which is live, by state. */
export async function calledFunctions(endpoint: string, machine: string): Promise<Record<string, string>> {
  const client = new SFN({ region: REGION, endpoint, credentials: ROOT });
  const { stateMachines = [] } = await client.listStateMachines({});
  const { stateMachineArn } = stateMachines.find(({ name }) => name === machine)!;
  const { routingConfiguration = [] } = await client.describeStateMachineAlias({
    stateMachineAliasArn: `${stateMachineArn}:live`,
  });
  const { definition } = await client.describeStateMachine({
    stateMachineArn: routingConfiguration[0]!.stateMachineVersionArn!,
  });
  client.destroy();
  const { States } = JSON.parse(definition!) as { States: Record<string, { Arguments?: { FunctionName?: string } }> };
  return Object.fromEntries(
    Object.entries(States).flatMap(([name, { Arguments }]) =>
      Arguments?.FunctionName ? [[name, Arguments.FunctionName]] : [],
    ),
  );
}
