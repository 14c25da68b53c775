import { readdirSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { createClients } from '../../aws/clients.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { readBuilt } from '../../deploy/built.ts';
import { type Examination, examine } from '../../deploy/doctor/doctor.ts';
import { doctorText } from '../../deploy/doctor/doctor-text.ts';
import { looksAt, readsOf } from '../../deploy/doctor/looks.ts';
import { deployerPolicies } from '../../deploy/permissions/deployer-policy.ts';
import type { Environment } from '../../project/environment.ts';
import { aws } from '../../tasks/index.ts';
import { DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { ACCOUNT, useEndpoint } from '../aws/ministack.ts';
import { type FailingProxy, type Fate, startProxy } from '../aws/proxy.ts';
import type { Principal } from '../aws/strict/principals.ts';
import { runCommand } from '../command.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';
import { describeOfAll, testOfAll } from '../sized.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { BUCKET, ENVIRONMENT, project, REGION } from './support.ts';

/** The key of whoever may deploy, and look at what docs/deploy.md says that doctor looks at. */
const DOCTOR = 'doctor';
function whoLooks(): Principal {
  const [, table = ''] =
    /## Before the first deploy(.*?)\n## /s.exec(readFileSync(join(REPOSITORY, 'docs/deploy.md'), 'utf8')) ?? [];
  const Action = [...table.matchAll(/`([a-z0-9]+:[A-Z]\w+)`/g)].map(([, action]) => action!);
  const passes = { Effect: 'Allow', Action: 'iam:PassRole', Resource: `arn:aws:iam::${ACCOUNT}:role/machine` };
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: ['*'] }, passes] };
  return {
    arn: `arn:aws:iam::${ACCOUNT}:user/doctor`,
    policies: [...deployer().policies!, { name: 'doctor', policy }],
  };
}

/** The reference pipeline in an account that has nothing but what each test makes. */
const server = emptyEndpoint({ callers: { [DEPLOYER_KEY]: deployer(), [DOCTOR]: whoLooks() } });
let proxy: FailingProxy;
const config = { region: REGION, credentials: ROOT };
let ec2: EC2;
let iam: IAM;
let s3: S3;
let secretsmanager: SecretsManager;
let sns: SNS;
beforeAll(async () => {
  proxy = await startProxy(server.url);
  [ec2, iam, sns] = [new EC2(config), new IAM(config), new SNS(config)];
  [s3, secretsmanager] = [new S3({ ...config, forcePathStyle: true }), new SecretsManager(config)];
});
afterAll(async () => {
  for (const client of [ec2, iam, s3, secretsmanager, sns]) client.destroy();
  await proxy.stop();
});
beforeEach(async () => {
  quota = 1000;
  await s3.deleteBucket({ Bucket: BUCKET });
});

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`;

/** Service Quotas, which the endpoint does not have, says this of each quota. */
let quota = 1000;
const quotas = (call: string): Fate =>
  call.includes('ServiceQuotas') ? { status: 200, body: JSON.stringify({ Quota: { Value: quota } }) } : 'pass';

/** What is found through the proxy, which can answer otherwise. */
async function found(
  environment: Environment,
  fate: (call: string) => Fate = () => 'pass',
  { dist, dag } = { dist: join(REPOSITORY, 'dist'), dag: 'datalake' },
): Promise<Examination> {
  proxy.begin((_n, call) => {
    const own = fate(call);
    return own === 'pass' ? quotas(call) : own;
  });
  useEndpoint(proxy.url);
  const credentials = { accessKeyId: DOCTOR, secretAccessKey: DOCTOR };
  const clients = createClients({ region: REGION, maxAttempts: 1, requestTimeoutMs: 20_000, credentials });
  try {
    return await examine({ dist, dags: [dag], environment, clients });
  } finally {
    clients.destroy();
    useEndpoint(server.url);
  }
}

/** The codes of what is missing, or was not asked. */
function codes({ findings }: Examination, state: 'missing' | 'not asked' | 'note' = 'missing'): string[] {
  return findings.flatMap((one) => (one.state === state ? [one.said!.code] : [])).sort();
}

const environment = (subnet: string, more: Partial<Environment> = {}): Environment => ({
  ...ENVIRONMENT,
  alarms: { topic: TOPIC },
  env: {
    ...{ lake: 'my-lake', subnet, kaggleSecret: { secretsManager: 'kaggle' } },
    ...{
      emrServiceRole: 'service-role/emr',
      emrInstanceProfile: 'machines',
      crawlerRole: 'crawler',
      reportRole: 'managed',
    },
  },
  ...more,
});

const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });

/** Makes all that the pipeline needs and deploy does not make. */
async function complete(): Promise<Environment> {
  for (const Bucket of [BUCKET, 'my-lake']) await s3.createBucket({ Bucket });
  await iam.createRole({
    ...{ RoleName: 'emr', Path: '/service-role/' },
    AssumeRolePolicyDocument: trust('elasticmapreduce.amazonaws.com'),
  });
  await iam.createRole({ RoleName: 'machines', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') });
  await iam.createInstanceProfile({ InstanceProfileName: 'machines' });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: 'machines', RoleName: 'machines' });
  await iam.createRole({ RoleName: 'crawler', AssumeRolePolicyDocument: trust('glue.amazonaws.com') });
  for (const AWSServiceName of ['elasticmapreduce.amazonaws.com', 'spot.amazonaws.com']) await linked(AWSServiceName);
  await secretsmanager.createSecret({ Name: 'kaggle', SecretString: '{}' });
  await sns.createTopic({ Name: 'alarms' });
  const { vpc, subnet } = await network();
  await endpoint(vpc);
  return environment(subnet);
}

/** As AWS names it. */
const LINKED: Readonly<Record<string, string>> = {
  'elasticmapreduce.amazonaws.com': 'AWSServiceRoleForEMRCleanup',
  'spot.amazonaws.com': 'AWSServiceRoleForEC2Spot',
};
/** The endpoint names these roles otherwise than AWS does. */
async function linked(service: string): Promise<void> {
  const Path = `/aws-service-role/${service}/`;
  await iam.createRole({ RoleName: LINKED[service]!, Path, AssumeRolePolicyDocument: trust(service) });
}

async function network(): Promise<{ vpc: string; subnet: string }> {
  const vpc = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc!.VpcId!;
  const subnet = (await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.0.0/24' })).Subnet!.SubnetId!;
  return { vpc, subnet };
}

async function mainTable(vpc: string): Promise<string> {
  const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
  return (await ec2.describeRouteTables({ Filters })).RouteTables![0]!.RouteTableId!;
}

async function endpoint(vpc: string): Promise<void> {
  const about = { VpcId: vpc, ServiceName: `com.amazonaws.${REGION}.s3`, RouteTableIds: [await mainTable(vpc)] };
  await ec2.createVpcEndpoint(about);
}

/** Does what a remedy's commands say, as the AWS CLI would. */
async function mend(remedy: string): Promise<void> {
  const commands = [...remedy.matchAll(/`aws (\S+) (\S+) ?([^`]*)`/g)];
  expect(commands.length).toBeGreaterThan(0);
  for (const [, service = '', operation = '', rest = ''] of commands) {
    if (service === 's3') await s3.createBucket({ Bucket: rest.replace(/^s3:\/\/(\S+).*$/, '$1') });
    else if (operation === 'create-service-linked-role') await linked(/--aws-service-name (\S+)/.exec(rest)![1]!);
    else await call(service, operation, rest);
  }
}

const ANYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

async function call(service: string, operation: string, rest: string): Promise<void> {
  const parameters: Record<string, string | string[]> = {};
  for (const [, name = '', value = ''] of rest.matchAll(/--(\S+) (\S+)/g)) {
    if (name === 'region') continue;
    const key = name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    parameters[key] = key.endsWith('Ids') ? [value] : value.startsWith('file://') ? '{}' : value;
  }
  const method = operation.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (parameters.PolicyDocument !== undefined) parameters.PolicyDocument = ANYTHING;
  const clients = { ec2, iam, secretsmanager, sns } as unknown as Record<
    string,
    Record<string, (input: object) => unknown>
  >;
  await clients[service]![method]!(parameters);
}

test('each command of a remedy can be copied into a shell: nothing in it stands in angle brackets', () => {
  const pages = join(REPOSITORY, 'docs/diagnostics');
  const commands = readdirSync(pages).flatMap((page) =>
    [...readFileSync(join(pages, page), 'utf8').matchAll(/`(aws [^`]*)`/g)].map(([, command]) => command!),
  );
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((command) => /[<>]/.test(command))).toEqual([]);
});

test('an empty account: each lack is named', async () => {
  quota = 4;
  expect(codes(await found(environment('subnet-none')))).toEqual([
    ...['DOC002', 'DOC002', 'DOC005', 'DOC005', 'DOC005', 'DOC009', 'DOC010', 'DOC012', 'DOC013', 'DOC015'],
  ]);
});

test('a complete account lacks nothing, and is only looked at', async () => {
  const whole = await complete();
  const before = await snapshot();
  const examination = await found(whole);
  expect([codes(examination), codes(examination, 'not asked')]).toEqual([[], []]);
  expect(doctorText(examination)).toContain('0 missing, 0 not asked: nothing is in the way of a deploy\n');
  expect(await snapshot()).toEqual(before);
  const writes = proxy.calls.filter((name) => !/^(GET|HEAD) |(^|\.)(Get|List|Describe|Simulate)\w+$/.test(name));
  expect(writes).toEqual([]);
  expect(proxy.calls.length).toBeGreaterThan(40);
});

describeOfAll('each lack in turn: named, and mended by its remedy', () => {
  const without: readonly [code: string, take: (whole: Environment) => Promise<unknown>][] = [
    ['DOC002', () => s3.deleteBucket({ Bucket: BUCKET })],
    ['DOC002', () => s3.deleteBucket({ Bucket: 'my-lake' })],
    [
      'DOC008',
      async () => {
        await iam.removeRoleFromInstanceProfile({ InstanceProfileName: 'machines', RoleName: 'machines' });
        await iam.deleteInstanceProfile({ InstanceProfileName: 'machines' });
      },
    ],
    [
      'DOC008',
      async () => {
        const InstanceProfileName = 'machines';
        await iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: 'machines' });
        await iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: 'crawler' });
      },
    ],
    ['DOC009', () => iam.deleteRole({ RoleName: 'AWSServiceRoleForEMRCleanup' })],
    [
      'DOC011',
      async () => {
        const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({});
        await ec2.deleteVpcEndpoints({ VpcEndpointIds: VpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId!) });
      },
    ],
    ['DOC013', () => secretsmanager.deleteSecret({ SecretId: 'kaggle', ForceDeleteWithoutRecovery: true })],
    ['DOC014', () => secretsmanager.deleteSecret({ SecretId: 'kaggle', RecoveryWindowInDays: 7 })],
    ['DOC015', () => sns.deleteTopic({ TopicArn: TOPIC })],
  ];
  test.each(without)('%s', async (code, take) => {
    const whole = await complete();
    await take(whole);
    const examination = await found(whole);
    expect(codes(examination)).toEqual([code]);
    await mend(examination.findings.find(({ state }) => state === 'missing')!.said!.remedy);
    expect(codes(await found(whole))).toEqual([]);
  });

  test('roles: missing, under another path, not trusting who assumes them', async () => {
    const whole = await complete();
    const env = { ...whole.env, emrServiceRole: 'emr' };
    const other = await found({ ...whole, env });
    expect(codes(other)).toEqual(['DOC006']);
    expect(other.findings.find(({ state }) => state === 'missing')!.said!.remedy).toBe(
      'Write `emrServiceRole: service-role/emr`.',
    );
    expect(codes(await found({ ...whole, env: { ...whole.env, crawlerRole: 'nobody' } }))).toEqual(['DOC005']);
    const wrong = await found({ ...whole, env: { ...whole.env, crawlerRole: 'machines' } });
    expect(codes(wrong)).toEqual(['DOC007']);
    const statement = /\{.*\}/.exec(wrong.findings.find(({ state }) => state === 'missing')!.said!.remedy)![0];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [JSON.parse(statement)] });
    await iam.updateAssumeRolePolicy({ RoleName: 'machines', PolicyDocument });
    expect(
      codes(await found({ ...whole, env: { ...whole.env, crawlerRole: 'machines', emrInstanceProfile: 'managed' } })),
    ).toEqual([]);
  });

  test('a way out is as good as an endpoint', async () => {
    const whole = await complete();
    const { vpc, subnet } = await network();
    const there = { ...whole, env: { ...whole.env, subnet } };
    expect(codes(await found(there))).toEqual(['DOC011']);
    const gateway = (await ec2.createInternetGateway({})).InternetGateway!.InternetGatewayId!;
    const route = { RouteTableId: await mainTable(vpc), DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway };
    await ec2.createRoute(route);
    expect(codes(await found(there))).toEqual([]);
    expect(codes(await found({ ...whole, env: { ...whole.env, subnet: 'subnet-none' } }))).toEqual(['DOC010']);
  });

  test('a quota that is too small, with the vCPUs that a run takes', async () => {
    const whole = await complete();
    quota = 5;
    const { findings } = await found(whole);
    const said = findings.find(({ state }) => state === 'missing')!.said!;
    expect(said.code).toBe('DOC012');
    quota = Number(/--desired-value (\d+)/.exec(said.remedy)![1]);
    expect(codes(await found(whole))).toEqual([]);
  });

  test('a cluster without a subnet, where there is no default VPC', async () => {
    await complete();
    const { dist } = await project();
    const whole = { ...ENVIRONMENT, env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' } };
    const ratings = () => found(whole, () => 'pass', { dist, dag: 'ratings' });
    expect(codes(await ratings())).toEqual([]);
    const Filters = [{ Name: 'is-default', Values: ['true'] }];
    const { VpcId } = (await ec2.describeVpcs({ Filters })).Vpcs![0]!;
    const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [VpcId!] }] });
    for (const { SubnetId } of Subnets) await ec2.deleteSubnet({ SubnetId });
    expect(codes(await ratings())).toEqual(['DOC020']);
    for (const { InternetGatewayId, Attachments = [] } of (await ec2.describeInternetGateways({})).InternetGateways!)
      if (Attachments.some((one) => one.VpcId === VpcId)) await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
    await ec2.deleteVpc({ VpcId });
    const examination = await ratings();
    expect(codes(examination)).toEqual(['DOC020']);
    expect(doctorText(examination)).toContain(`\`aws ec2 create-default-vpc --region ${REGION}\``);
  });

  test('a role of which only whoever wrote the script knows what it must be allowed', async () => {
    const whole = await complete();
    const { project: folder, dist } = await project();
    const dag = new Dag('instances', { env: { profile: env.role() } });
    const parameters = { ImageId: 'ami-1', MinCount: 1, MaxCount: 1, IamInstanceProfile: { Name: dag.env.profile } };
    dag.task('run', aws({ service: 'ec2', action: 'runInstances', passRoles: [dag.env.profile], parameters }));
    const made = withLoading({ root: folder }, () => compileDag(dag));
    writeDist(dist, new Map([[made.dag, made.files]]), true);
    const here = { ...whole, env: { profile: 'web' } };
    const examination = await found(here, () => 'pass', { dist, dag: 'instances' });
    expect(codes(examination)).toEqual(['DOC005']);
    expect(examination.findings.find(({ state }) => state === 'missing')!.said!.remedy).toBe(
      'Make it, trusted by ec2.amazonaws.com, with an instance profile that is called web too: what it must be allowed the DAG does not say.',
    );
  });

  test('an instance type that the region does not have', async () => {
    const whole = await complete();
    const said = 'The following supplied instance types do not exist: [m5.xlarge]';
    const body = `<Response><Errors><Error><Code>InvalidInstanceType</Code><Message>${said}</Message></Error></Errors></Response>`;
    const none =
      '<DescribeInstanceTypesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instanceTypeSet/></DescribeInstanceTypesResponse>';
    let n = 0;
    const examination = await found(whole, (name) => {
      if (name !== 'DescribeInstanceTypes') return 'pass';
      return ++n === 1 ? { status: 400, body } : { status: 200, body: none };
    });
    expect(new Set(codes(examination))).toEqual(new Set(['DOC021']));
  });

  test('topics: of another region, and encrypted by AWS’s own key', async () => {
    const whole = await complete();
    const topic = TOPIC.replace(REGION, 'eu-west-1');
    expect(codes(await found({ ...whole, alarms: { topic } }))).toEqual(['DOC016']);
    await sns.setTopicAttributes({
      ...{ TopicArn: TOPIC, AttributeName: 'KmsMasterKeyId', AttributeValue: 'alias/aws/sns' },
    });
    expect(codes(await found(whole))).toEqual(['DOC017']);
  });

  test('buckets: of another account, and in another region', async () => {
    const whole = await complete();
    let n = 0;
    const denied = { status: 403, body: '' };
    const owner = await found(whole, (name) => (name.startsWith(`HEAD /${BUCKET}`) && ++n > 1 ? denied : 'pass'));
    expect(codes(owner)).toEqual(['DOC003']);
    await s3.deleteBucket({ Bucket: 'my-lake' });
    const LocationConstraint = 'eu-west-1';
    await s3.createBucket({ Bucket: 'my-lake', CreateBucketConfiguration: { LocationConstraint } });
    expect(codes(await found(whole))).toEqual(['DOC004']);
  });

  test('names that somebody else has, and an env without a value', async () => {
    const whole = await complete();
    await iam.createRole({ RoleName: 'dagwright-datalake', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    expect(codes(await found(whole))).toEqual(['DEP006']);
    expect(codes(await found({ ...whole, prefix: 'team-' }))).toEqual([]);
    const { subnet: _, ...env } = whole.env;
    expect(codes(await found({ ...whole, env }))).toEqual(['CFG006']);
  });

  test('permissions of whoever deploys: each with the statement that is missing', async () => {
    const whole = await complete();
    const all = whoLooks();
    const lacking = JSON.stringify(all.policies, (_key, value) =>
      Array.isArray(value)
        ? value.filter(
            (one) => !['scheduler:CreateSchedule', 'iam:TagRole'].includes(one) && one.Sid !== 'PassMachineRoles',
          )
        : value,
    );
    const policies = JSON.parse(lacking) as NonNullable<Principal['policies']>;
    server.aws.callers.set(DOCTOR, { ...all, policies });
    const lacks = (await found(whole)).findings.filter(({ state }) => state === 'missing');
    expect(new Set(lacks.map(({ said }) => said!.code))).toEqual(new Set(['AWS004']));
    const Statement = lacks.flatMap(({ said }) => JSON.parse(`[${/\{.*\}/.exec(said!.remedy)![0]}]`));
    expect(new Set(Statement.flatMap(({ Action }) => Action))).toEqual(
      new Set(['scheduler:CreateSchedule', 'iam:TagRole', 'iam:PassRole']),
    );
    const passes = Statement.filter(({ Action }) => Action === 'iam:PassRole');
    expect(new Set(passes.map(({ Condition }) => String(Condition.StringEquals['iam:PassedToService'])))).toEqual(
      new Set(['events.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com']),
    );
    const mended = { name: 'mended', policy: { Version: '2012-10-17', Statement } };
    server.aws.callers.set(DOCTOR, { ...all, policies: [...policies, mended] });
    expect(codes(await found(whole))).toEqual([]);
  });

  test('the policy that bounds roles', async () => {
    const whole = await complete();
    const permissionsBoundary = `arn:aws:iam::${ACCOUNT}:policy/team/bounds`;
    const examination = await found({ ...whole, permissionsBoundary });
    expect(codes(examination)).toEqual(['DOC019']);
    const { remedy } = examination.findings.find(({ state }) => state === 'missing')!.said!;
    await mend(remedy);
    expect(codes(await found({ ...whole, permissionsBoundary }))).toEqual([]);
  });

  test('a secret whose name is given as a text', async () => {
    const whole = await complete();
    const env = { ...whole.env, emrInstanceProfile: 'managed', kaggleSecret: 'nowhere' };
    expect(codes(await found({ ...whole, env }))).toEqual(['DOC013']);
    expect(codes(await found({ ...whole, env: { ...env, kaggleSecret: 'kaggle' } }))).toEqual([]);
  });

  test('the role of the machine, where it is given', async () => {
    const whole = await complete();
    const role = `arn:aws:iam::${ACCOUNT}:role/machine`;
    expect(codes(await found({ ...whole, role }))).toEqual(['DEP008']);
    // Nor may the deployer pass another one.
    const other = await found({ ...whole, role: role.replace('machine', 'another') });
    expect(codes(other)).toEqual(['AWS004', 'DEP008']);
    expect(doctorText(other)).toContain('may not iam:PassRole on ');
    await iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    expect(codes(await found({ ...whole, role }))).toEqual(['DEP009']);
    const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    await iam.putRolePolicy({ RoleName: 'machine', PolicyName: 'all', PolicyDocument: JSON.stringify(all) });
    expect(codes(await found({ ...whole, role }))).toEqual([]);
  });
});

testOfAll('an instance profile that the first deploy makes is noted: IAM takes its time with it', async () => {
  const whole = await complete();
  const examination = await found({ ...whole, env: { ...whole.env, emrInstanceProfile: 'managed' } });
  expect([codes(examination), codes(examination, 'note')]).toEqual([[], ['DOC018']]);
});

describeOfAll('what may not be looked at is not asked, and never there', () => {
  const denied = (message: string) => ({
    status: 403,
    body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
  });

  test('a subnet, with the permission that the look takes', async () => {
    const whole = await complete();
    const said =
      'User: arn:aws:iam::1:user/ann is not authorized to perform: ec2:DescribeSubnets because no identity-based policy allows the ec2:DescribeSubnets action';
    const body = `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>${said}</Message></Error></Errors></Response>`;
    const examination = await found(whole, (name) => (name === 'DescribeSubnets' ? { status: 403, body } : 'pass'));
    expect([codes(examination), codes(examination, 'not asked')]).toEqual([[], ['DOC001']]);
    expect(doctorText(examination)).toContain('Allow ec2:DescribeSubnets on ');
    expect(doctorText(examination)).not.toContain('✓ the subnet');
  });

  test('whoever may deploy alone is told at once all that the looks take', async () => {
    const whole = await complete();
    const permissionsBoundary = `arn:aws:iam::${ACCOUNT}:policy/bounds`;
    await iam.createPolicy({ PolicyName: 'bounds', PolicyDocument: ANYTHING });
    const all = { ...whole, permissionsBoundary };
    const may = (statements: readonly object[]) => {
      const policy = { Version: '2012-10-17', Statement: statements };
      const policies = [...deployer().policies!, ...(statements.length === 0 ? [] : [{ name: 'looks', policy }])];
      server.aws.callers.set(DOCTOR, { arn: whoLooks().arn, policies } as Principal);
    };
    may([]);
    const first = await found(all);
    const statements = first.findings.flatMap(({ said }) => {
      const [, statement] = /All that this look takes: (\{.*\})$/.exec(said?.remedy ?? '') ?? [];
      return statement === undefined ? [] : [JSON.parse(statement) as object];
    });
    expect(statements.length).toBeGreaterThan(8);
    // What IAM's simulator is asked about the caller itself is said by another look.
    may([
      ...statements,
      { Effect: 'Allow', Action: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'], Resource: [whoLooks().arn] },
    ]);
    const second = await found(all);
    expect(second.findings.filter(({ state }) => state === 'not asked')).toEqual([]);
  });

  test('whoever has the policy that `doctor --policy` prints is refused nothing', async () => {
    const whole = { ...(await complete()), permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/bounds` };
    await iam.createPolicy({ PolicyName: 'bounds', PolicyDocument: ANYTHING });
    const { arn } = whoLooks();
    const builts = [await readBuilt(join(REPOSITORY, 'dist'), 'datalake')];
    const place = { partition: 'aws', region: REGION, account: ACCOUNT };
    const clients = createClients({ region: REGION });
    const { looks } = looksAt({ aws: clients, caller: { ...place, arn }, builts, environment: whole });
    clients.destroy();
    const about = { environment: whole, place, manifests: builts.map(({ manifest }) => manifest), deployer: arn };
    const policiesOf = (reads: ReturnType<typeof readsOf>) =>
      deployerPolicies({ ...about, reads }).map((policy, i) => ({ name: `printed-${i}`, policy }));
    server.aws.callers.set(DOCTOR, { arn, policies: policiesOf([]) });
    expect(codes(await found(whole), 'not asked').length).toBeGreaterThan(5);
    server.aws.callers.set(DOCTOR, { arn, policies: policiesOf(readsOf(looks)) });
    const examination = await found(whole);
    expect([codes(examination), codes(examination, 'not asked')]).toEqual([[], []]);
  });

  test('roles', async () => {
    const whole = await complete();
    const examination = await found(whole, (name) => (name === 'GetRole' ? denied('no') : 'pass'));
    expect(codes(examination)).toEqual([]);
    expect(codes(examination, 'not asked').length).toBeGreaterThan(3);
    expect(doctorText(examination)).not.toContain('nothing is in the way');
  });
});

testOfAll(
  'the command: what it prints, and how it ends',
  async () => {
    const project = await folderWith({ 'package.json': '{}' });
    await cp(join(REPOSITORY, 'dist'), join(project, 'dist'), { recursive: true });
    const yaml = (more = '') =>
      writeFiles(project, {
        'dagwright.yaml': `environments:
  dev:
    region: us-east-1
    artifacts: ${BUCKET}${more}
    env: { lake: my-lake, subnet: subnet-none, kaggleSecret: { secretsManager: kaggle }, emrServiceRole: managed, emrInstanceProfile: managed, crawlerRole: managed, reportRole: managed }
`,
      });
    await yaml();
    const dagwright = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      runCommand(args, { cwd: project, env: { ...process.env, NO_COLOR: '1', ...env } });
    const empty = await dagwright(['doctor']);
    expect([empty.code, empty.err]).toEqual([1, '']);
    expect(empty.out).toContain(`datalake → dev (${ACCOUNT}, us-east-1)\n`);
    expect(empty.out).toContain(`✗ DOC002  There is no bucket ${BUCKET} (scripts, the record and the lock).`);
    expect(empty.out).toContain(`→ \`aws s3 mb s3://${BUCKET} --region us-east-1\``);
    // Each says where the setting stands.
    expect(empty.out).toMatch(/DOC002 .*my-artifacts .*\n {6}at dagwright\.yaml:4:5\n/);
    expect(empty.out).toMatch(/DOC001 .*the subnet subnet-none: .*\n {6}at dagwright\.yaml:5:27\n/);
    expect(empty.out).toMatch(/DOC001 .*the secret kaggle.*\n {6}at dagwright\.yaml:5:48\n/);

    const foreign = await dagwright(['doctor', '--policy', '--for', 'arn:aws:iam::111122223333:role/deployer']);
    expect([foreign.code, foreign.out]).toEqual([1, '']);
    expect(foreign.err).toContain(`--for arn:aws:iam::${ACCOUNT}:role/deployer`);

    const json = await dagwright(['doctor', 'datalake', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ environment: 'dev', account: ACCOUNT, dags: ['datalake'] });

    const gone = await dagwright(['doctor'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' });
    expect([gone.code, gone.err]).toEqual([3, expect.stringContaining('AWS005')]);
    expect((await dagwright(['doctor', 'nothing'])).err).toContain('CLI002');

    await yaml("\n    account: '111122223333'");
    const other = await dagwright(['doctor']);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('✗ AWS003')]);
    expect(other.out).toContain(`? the bucket ${BUCKET} (scripts, the record and the lock): AWS is asked with the`);
  },
  120_000,
);

test('without credentials: what the environment lacks all the same, and all that was not asked', async () => {
  const project = await folderWith({ 'package.json': '{}' });
  await cp(join(REPOSITORY, 'dist'), join(project, 'dist'), { recursive: true });
  const env =
    'lake: my-lake, kaggleSecret: { secretsManager: kaggle }, emrServiceRole: managed, emrInstanceProfile: managed, crawlerRole: managed, reportRole: managed';
  const yaml = (more: string) =>
    writeFiles(project, {
      'dagwright.yaml': `environments:\n  dev:\n    region: us-east-1\n    artifacts: ${BUCKET}\n    env: { ${env}${more} }\n`,
    });
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, AWS_ENDPOINT_URL: ___, ...rest } = process.env;
  const nobody = { ...rest, HOME: project, AWS_EC2_METADATA_DISABLED: 'true' };
  const doctor = (...more: string[]) => runCommand(['doctor', ...more], { cwd: project, env: nobody });
  await yaml('');
  const { code, out } = await doctor('--json');
  expect(code).toBe(1);
  const examination = JSON.parse(out) as Examination;
  expect(codes(examination)).toEqual(['AWS001', 'CFG006']);
  await yaml(', subnet: subnet-1');
  const whole = await doctor();
  expect(whole.out).toContain('  ? the subnet subnet-1: AWS is asked with the credentials\n');
  expect(whole.out).toContain('  ? what the caller may do: AWS is asked with the credentials\n');
  expect(/(\d+) there, 1 missing, (\d+) not asked\n$/.exec(whole.out)!.slice(1).map(Number)).toEqual([
    0,
    expect.any(Number),
  ]);
  expect(Number(/(\d+) not asked/.exec(whole.out)![1])).toBeGreaterThan(6);
});
