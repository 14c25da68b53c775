import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { exportDag } from '../../deploy/export/export.ts';
import { isEmpty } from '../../deploy/plan.ts';
import type { Environment } from '../../project/environment.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import { folderWith } from '../local/support.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { filesIn } from './export-support.ts';
import { BUCKET, ENVIRONMENT, optionsOf, project, REGION } from './support.ts';

const server = emptyEndpoint();
const key = (id: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/bounds`;
const RULES: Partial<Environment> = {
  env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' },
  rolePath: '/teams/data/',
  permissionsBoundary: BOUNDARY,
  kmsKeys: { artifacts: key('a'), logs: key('l'), schedule: key('s'), buckets: [key('b')] },
};
const environment: Environment = { ...ENVIRONMENT, ...RULES };

/** What an organisation with rules lets happen: roles with the boundary, everything tagged. */
const SCP = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    {
      Effect: 'Deny',
      Action: ['iam:CreateRole'],
      Resource: ['*'],
      Condition: { StringNotEquals: { 'iam:PermissionsBoundary': [BOUNDARY] } },
    },
    {
      Effect: 'Deny',
      Action: [
        'events:PutRule',
        'iam:CreateInstanceProfile',
        'iam:CreateRole',
        'logs:CreateLogGroup',
        'scheduler:CreateScheduleGroup',
        'states:CreateStateMachine',
      ],
      Resource: ['*'],
      Condition: { Null: { 'aws:RequestTag/team': ['true'] } },
    },
  ],
};

let clients: { iam: IAM; logs: CloudWatchLogs; scheduler: Scheduler; s3: S3 };
beforeAll(() => {
  const config = { region: REGION, credentials: ROOT };
  clients = {
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    scheduler: new Scheduler(config),
    s3: new S3({ ...config, forcePathStyle: true }),
  };
});
afterAll(() => {
  for (const client of Object.values(clients)) client.destroy();
});

/** Whoever deploys may do everything but what the organisation forbids. */
async function organised(): Promise<void> {
  server.aws.callers.set('test', {
    arn: `arn:aws:iam::${ACCOUNT}:user/deployer`,
    policies: [
      {
        name: 'all',
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
      },
    ],
    scps: [{ name: 'rules', policy: SCP }],
  });
  await clients.iam.createPolicy({
    PolicyName: 'bounds',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  });
}

describe('an account with rules of its own', () => {
  test('is deployed to with path, boundary, tags and keys; a second deploy has nothing to do, and destroy leaves nothing', async () => {
    await organised();
    const { iam, logs, scheduler, s3 } = clients;
    const before = (await iam.listRoles({})).Roles!.map(({ RoleName }) => RoleName);
    const options = optionsOf(await project(), { environment });
    await deploy(options);
    expect(isEmpty(await plan(options))).toBe(true);

    const made = (await iam.listRoles({})).Roles!.filter(({ RoleName }) => !before.includes(RoleName));
    const paths = Object.fromEntries(made.map(({ RoleName, Path }) => [RoleName, Path]));
    expect(paths).toEqual({
      'dagwright-ratings': '/teams/data/',
      'dagwright-ratings-cleanup': '/teams/data/',
      'dagwright-ratings-rule': '/teams/data/',
      'dagwright-ratings-schedule': '/teams/data/',
      'dagwright-ratings-start': '/teams/data/',
      'dagwright-ratings-env-emrProfile': '/',
      'dagwright-ratings-env-emrRole': '/',
    });
    for (const { RoleName } of made) {
      const { Role } = await iam.getRole({ RoleName });
      expect([RoleName, Role!.PermissionsBoundary?.PermissionsBoundaryArn]).toEqual([RoleName, BOUNDARY]);
    }
    const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: '/aws/vendedlogs/states/ratings' });
    expect(logGroups![0]!.kmsKeyId).toBe(key('l'));
    const at = { Name: 'dagwright-ratings', GroupName: 'dagwright-ratings' };
    expect((await scheduler.getSchedule(at)).KmsKeyArn).toBe(key('s'));
    const record = await s3.headObject({ Bucket: BUCKET, Key: 'dagwright/ratings/record.json' });
    expect(record).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key('a') });

    await destroy(options);
    const left = (await iam.listRoles({})).Roles!.map(({ RoleName }) => RoleName);
    expect(left).toEqual(before);
  });

  test('roles that use S3 may use the keys, through S3 alone; others may not', async () => {
    await organised();
    await deploy(optionsOf(await project(), { environment }));
    const keysOf = async (RoleName: string) => {
      const { PolicyDocument } = await clients.iam.getRolePolicy({ RoleName, PolicyName: 'dagwright' });
      const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument!)) as { Statement: { Action: string[] }[] };
      return Statement.filter(({ Action }) => Action.some((action) => action.startsWith('kms:')));
    };
    const through = {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [key('a'), key('b')],
      Condition: { StringLike: { 'kms:ViaService': `s3.${REGION}.*` } },
    };
    expect(await keysOf('dagwright-ratings')).toEqual([through]);
    expect(await keysOf('dagwright-ratings-env-emrProfile')).toEqual([through]);
    expect(await keysOf('dagwright-ratings-start')).toEqual([]);
    expect(await keysOf('dagwright-ratings-schedule')).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [key('s')] },
    ]);
  });

  test('without the settings the organisation refuses it, and the message says what', async () => {
    await organised();
    const refused = deploy(optionsOf(await project(), { skipChecks: true }));
    await expect(refused).rejects.toMatchObject({
      exitCode: 3,
      diagnostics: [{ code: 'AWS004', message: expect.stringMatching(/iam:CreateRole .*service control policy/) }],
    });
  });

  test('a boundary that the environment does not name stays; a path that changes is refused', async () => {
    await organised();
    const at = await project();
    await deploy(optionsOf(at, { environment }));
    const { permissionsBoundary: _, ...without } = environment;
    expect(isEmpty(await plan(optionsOf(at, { environment: without })))).toBe(true);
    await expect(plan(optionsOf(at, { environment: { ...environment, rolePath: '/other/' } }))).rejects.toMatchObject({
      exitCode: 1,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          code: 'DEP021',
          message: 'The role dagwright-ratings is at the path /teams/data/, and is wanted at /other/.',
        }),
      ]),
    });
  });
});

test('both exports carry path, boundary and keys', async () => {
  const at = await project();
  const textOf = async (format: 'sam' | 'terraform', file: string) => {
    const out = await folderWith({});
    await exportDag({ ...at, dag: 'ratings', environment, format, out });
    return (await filesIn(out)).get(`ratings/${file}`)!;
  };
  const sam = await textOf('sam', 'template.yaml');
  for (const text of [
    'Path: /teams/data/',
    `PermissionsBoundary: ${BOUNDARY}`,
    `KmsKeyId: ${key('l')}`,
    `KmsKeyArn: ${key('s')}`,
  ])
    expect(sam).toContain(text);
  const terraform = await textOf('terraform', 'main.tf');
  for (const text of ['"/teams/data/"', `"${BOUNDARY}"`, `"${key('l')}"`, `"${key('s')}"`])
    expect(terraform).toContain(text);
});
