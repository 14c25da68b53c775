import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { AliasRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { isVersion } from './find.ts';

type Routing = AliasRecord['routing'];

/** The routing of an alias: one or two versions of one machine, with weights that add up to 100. */
export function readRouting(
  given: readonly RoutingConfigurationListItem[],
  store: Store,
): { readonly routing: Routing; readonly machineArn: string } {
  const routing = given as Routing;
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  if (new Set(arns).size < arns.length) {
    throw invalid(
      `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(', ')}]`,
    );
  }
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw invalid(`Sum of routing configuration weights must equal 100. Received: ${JSON.stringify(weights)}`);
  }
  const machines = new Set(arns.map((arn) => machineOf(arn, arns, store)));
  if (machines.size > 1) throw invalid('Routing configuration must contain versions of one state machine');
  return { routing, machineArn: [...machines][0] as string };
}

/** The machine of an existing version. */
function machineOf(arn: string, all: readonly string[], store: Store): string {
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || !isVersion(qualifier)) {
    throw invalid(`Routing configuration must contain state machine version ARNs. Received: [${all.join(', ')}]`);
  }
  if (store.versions.get([machineArn, Number(qualifier)]) !== undefined) return machineArn;
  throw new ApiError(
    'ResourceNotFound',
    `Request references a resource that does not exist. Received: [${all.join(', ')}]`,
    {
      resourceName: arn,
    },
  );
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message, { reason: 'INVALID_ROUTING_CONFIGURATION' });
}

/** @throws ApiError InvalidArn, ResourceNotFound */
export function findAlias(arn: string, store: Store): AliasRecord {
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || isVersion(qualifier)) {
    throw new ApiError('InvalidArn', `Invalid Arn: 'Not the ARN of an alias: ${arn}'`);
  }
  const alias = store.aliases.get([machineArn, qualifier]);
  if (alias !== undefined) return alias;
  throw new ApiError('ResourceNotFound', `Request references a resource that does not exist: '${arn}'`, {
    resourceName: arn,
  });
}
