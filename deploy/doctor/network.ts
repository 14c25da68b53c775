import type { EC2, RouteTable } from '@aws-sdk/client-ec2';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type Look, looked, missing, there } from './finding.ts';

export const EC2_CLIENT = { package: '@aws-sdk/client-ec2', prefix: 'ec2', title: 'EC2' } as const;

export function ec2Of(aws: Clients): Promise<EC2> {
  return aws.of(EC2_CLIENT, async (config) => new (await import('@aws-sdk/client-ec2')).EC2(config));
}

/**
 * Whether what runs in a subnet reaches S3: by a gateway endpoint in the subnet's route table, by an interface endpoint in its VPC, or by
 * a route to the internet or to another network.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export function lookAtSubnet(aws: Clients, subnet: string): Look {
  const about = `the subnet ${subnet}`;
  const Action = ['ec2:DescribeSubnets', 'ec2:DescribeRouteTables', 'ec2:DescribeVpcEndpoints'];
  return looked(about, { Action, Resource: ['*'] }, async () => {
    const ec2 = await ec2Of(aws);
    const vpc = await vpcOf(ec2, subnet);
    if (vpc === undefined) return missing(about, diagnose('DOC010', { subnet, region: aws.region }));
    const table = await routesOf(ec2, subnet, vpc);
    const way = table === undefined ? undefined : wayOut(table);
    if (way !== undefined) return there(about, `reaches S3 by ${way}`);
    const endpoint = await endpointOf(ec2, vpc, table?.RouteTableId, aws.region);
    if (endpoint !== undefined) return there(about, `reaches S3 by the endpoint ${endpoint}`);
    const routes = table?.RouteTableId ?? '<its route table>';
    return missing(about, diagnose('DOC011', { subnet, vpc, table: routes, region: aws.region }));
  });
}

/** Whether the region has the VPC in which something starts that names no subnet. Accounts with rules of their own often have none. */
export function lookAtDefaultNetwork(aws: Clients): Look {
  const about = `the default VPC of ${aws.region}`;
  return looked(about, { Action: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets'], Resource: ['*'] }, async () => {
    const ec2 = await ec2Of(aws);
    const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
    const vpc = Vpcs[0]?.VpcId;
    if (vpc === undefined) return missing(about, diagnose('DOC020', { region: aws.region }));
    const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
    if (Subnets.length === 0) return missing(about, diagnose('DOC020', { region: aws.region, vpc }));
    return there(about, `${vpc}, with ${Subnets.length} subnets`);
  });
}

async function vpcOf(ec2: EC2, subnet: string): Promise<string | undefined> {
  try {
    const { Subnets = [] } = await ec2.describeSubnets({ SubnetIds: [subnet] });
    return Subnets[0]?.VpcId;
  } catch (error) {
    if (isError(error, 'InvalidSubnetID.NotFound', 'InvalidSubnetID.Malformed', 'InvalidSubnetId.Malformed'))
      return undefined;
    throw error;
  }
}

/** A subnet that no table is about has its VPC's main one. */
async function routesOf(ec2: EC2, subnet: string, vpc: string): Promise<RouteTable | undefined> {
  const own = await ec2.describeRouteTables({ Filters: [{ Name: 'association.subnet-id', Values: [subnet] }] });
  if (own.RouteTables?.[0] !== undefined) return own.RouteTables[0];
  const main = [
    { Name: 'vpc-id', Values: [vpc] },
    { Name: 'association.main', Values: ['true'] },
  ];
  return (await ec2.describeRouteTables({ Filters: main })).RouteTables?.[0];
}

function wayOut({ Routes = [] }: RouteTable): string | undefined {
  const route = Routes.find(
    ({ DestinationCidrBlock, State, GatewayId }) =>
      DestinationCidrBlock === '0.0.0.0/0' && State !== 'blackhole' && GatewayId !== 'local',
  );
  return (
    route?.GatewayId ??
    route?.NatGatewayId ??
    route?.TransitGatewayId ??
    route?.NetworkInterfaceId ??
    route?.InstanceId ??
    route?.VpcPeeringConnectionId
  );
}

async function endpointOf(
  ec2: EC2,
  vpc: string,
  table: string | undefined,
  region: string,
): Promise<string | undefined> {
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  // `com.amazonaws.eu-west-1.s3`, in China `cn.com.amazonaws.…`.
  const all = VpcEndpoints.filter(({ ServiceName = '' }) => ServiceName.endsWith(`.${region}.s3`));
  const found = all.find(
    ({ VpcEndpointType, RouteTableIds = [] }) =>
      VpcEndpointType === 'Interface' || (table !== undefined && RouteTableIds.includes(table)),
  );
  return found?.VpcEndpointId;
}
