import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { type DeployerPolicy, deployerPolicies } from '../../deploy/permissions/deployer-policy.ts';
import { type Manifest, readManifest } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { aws, emr, lambda } from '../../tasks/index.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { type StrictAws, startStrictAws } from '../aws/strict/strict-aws.ts';
import { type Ended, runCommand } from '../command.ts';
import { startServer } from '../endpoint/support.ts';
import { folderWith, writeFiles } from '../local/support.ts';
import { BUCKET, ENVIRONMENT, makeBucket, REGION } from './support.ts';

/**
 * The life of two DAGs under the least policy that `doctor --policy` prints for them: everything is allowed, and nothing is in the policy that
 * none of it needs. Step Functions is `dagwright serve`, everything else ministack; IAM decides on the strict AWS.
 */
const KEY = 'least';
const ARN = `arn:aws:iam::${ACCOUNT}:user/least`;
const PLACE = { partition: 'aws', region: REGION, account: ACCOUNT };

let ministack: Ministack;
beforeAll(async () => {
  ministack = await startMinistack();
}, 300_000);
afterAll(() => ministack.stop());

/** Runs: the first task reads a file that may be missing, and then waits long for its second try, or fails at once. */
function runs(retries: number): Dag {
  const dag = new Dag('tiny', { schedule: '@daily', env: { lake: env.bucket() } });
  const read = (Key: string) =>
    aws({ service: 's3', action: 'getObject', parameters: { Bucket: dag.env.lake, Key } as never });
  const retry = retries === 0 ? {} : { retries, retryDelay: '10m' as const };
  dag.task('second', read('second.txt')).after(dag.task('first', read('first.txt'), retry));
  return dag;
}

/** Is deployed with all that there is to be made: roles that are handed on, an instance profile, a cleanup, a script, a function. */
function makes(args: readonly string[]): Dag {
  const dag = new Dag('large', { env: { lake: env.bucket(), service: env.role(), machines: env.role() } });
  const { service, machines, lake } = dag.env;
  const instances = { primary: { type: 'm5.xlarge' }, serviceRole: service, instanceProfile: machines };
  const cluster = dag.setup('cluster', emr.cluster({ release: 'emr-7.13.0', ...instances }));
  const clean = dag.task('clean', emr.spark({ cluster, script: 'clean.py', args: [`s3://${lake}`, ...args] }));
  dag.task('score', lambda.python('score.py', { handler: 'score', memory: 256 + args.join().length })).after(clean);
  return dag;
}

interface Life {
  readonly folder: string;
  readonly aws: StrictAws;
  readonly run: (...args: string[]) => Promise<Ended>;
  readonly stop: () => Promise<void>;
}

/** A project with both DAGs, and an account in which their deployer may do what the policy says. */
async function lifeWith(
  { prefix, settings }: Variant,
  policiesOf: (manifests: readonly Manifest[]) => readonly DeployerPolicy[],
): Promise<Life> {
  const folder = await folderWith({ 'package.json': '{}' });
  await writeFiles(folder, {
    'clean.py': 'print("clean")\n',
    'score.py': 'def score(event):\n    return 1\n',
    'dagwright.yaml': `environments:
  dev:
    region: ${REGION}
    artifacts: ${BUCKET}
    prefix: '${prefix}'${settings.map((line) => `\n    ${line}`).join('')}
    alarms: { topic: 'arn:aws:sns:${REGION}:${ACCOUNT}:alarms' }
    keep: { versions: 2 }
    tags: { team: data }
    env: { lake: my-lake, service: managed, machines: managed }
`,
  });
  await compile(folder, runs(0), makes([]));
  const manifests = ['tiny', 'large'].map((dag) => readManifest(join(folder, 'dist'), dag));
  const policies = policiesOf(manifests).map((policy, i) => ({ name: `least-${i}`, policy }));
  const server = await startServer({ project: folder, account: ACCOUNT });
  await ministack.reset();
  const aws = await startStrictAws({
    endpoint: ministack.url,
    states: server.endpoint.url,
    callers: { [KEY]: { arn: ARN, policies } },
  });
  process.env.AWS_ENDPOINT_URL = aws.url;
  await makeBucket();
  await bounds();
  const credentials = { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: KEY, AWS_ENDPOINT_URL: aws.url };
  const environment = { ...process.env, NO_COLOR: '1', ...credentials };
  return {
    folder,
    aws,
    run: (...args) => runCommand(args, { cwd: folder, env: environment }),
    stop: async () => {
      await aws.stop();
      await server.stop();
    },
  };
}

/** The policy that bounds roles where the environment says so. */
async function bounds(): Promise<void> {
  const iam = new IAM({ region: REGION, credentials: ROOT });
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  await iam.createPolicy({ PolicyName: 'bounds', PolicyDocument: JSON.stringify(all) });
  iam.destroy();
}

async function compile(folder: string, ...dags: readonly Dag[]): Promise<void> {
  const made = withLoading({ root: folder }, () => dags.map((dag) => compileDag(dag)));
  writeDist(join(folder, 'dist'), new Map(made.map(({ dag, files }) => [dag, files])), true);
}

const LAKE = '.dagwright/local/s3/my-lake';

/** What the lake of local runs holds. */
async function lake(folder: string, ...names: readonly string[]): Promise<void> {
  const at = join(folder, LAKE);
  await mkdir(at, { recursive: true });
  for (const name of names) await writeFile(join(at, name), 'x');
}

/** Somebody changes by hand what deploy made, so that the next deploy puts each thing right. */
async function changeByHand(prefix: string, ruled: boolean): Promise<void> {
  const config = { region: REGION, credentials: ROOT };
  const [iam, logs, events, cloudwatch] = [
    new IAM(config),
    new CloudWatchLogs(config),
    new EventBridge(config),
    new CloudWatch(config),
  ];
  const role = `dagwright-${prefix}large`;
  const trust = { Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await iam.updateAssumeRolePolicy({ RoleName: role, PolicyDocument });
  await iam.attachRolePolicy({ RoleName: role, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  await iam.deleteRolePolicy({ RoleName: role, PolicyName: 'dagwright' });
  const profile = `dagwright-${prefix}large-env-machines`;
  await iam.removeRoleFromInstanceProfile({ InstanceProfileName: profile, RoleName: profile });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: profile, RoleName: role });
  if (ruled) await iam.deleteRolePermissionsBoundary({ RoleName: role });
  await logs.putRetentionPolicy({ logGroupName: `/aws/vendedlogs/states/${prefix}large`, retentionInDays: 7 });
  const Rule = `dagwright-${prefix}large-cleanup`;
  const Targets = [{ Id: 'other', Arn: `arn:aws:sns:${REGION}:${ACCOUNT}:alarms` }];
  await events.putTargets({ Rule, Targets });
  await cloudwatch.deleteAlarms({ AlarmNames: [`dagwright-${prefix}tiny-failed`] });
  const lambdas = new Lambda(config);
  const Resource = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${prefix}large_score`;
  await lambdas.untagResource({ Resource, TagKeys: ['team'] });
  for (const client of [iam, logs, events, cloudwatch, lambdas]) client.destroy();
}

/** An upload of a script that was killed left parts behind it. */
async function leaveParts(prefix: string): Promise<void> {
  const s3 = new S3({ region: REGION, credentials: ROOT, forcePathStyle: true });
  await s3.createMultipartUpload({ Bucket: BUCKET, Key: `dagwright/${prefix}tiny/assets/left` });
  s3.destroy();
}

/** Everything that the commands do, each way once; each command ends as it should. */
async function live({ folder, run }: Life, { prefix, settings }: Variant): Promise<void> {
  const ends = async (code: number, ...args: string[]) => {
    const { code: ended, out, err } = await run(...args);
    // What IAM denied would be reported so, and end with 3.
    expect([args.join(' '), ended, ended === code ? '' : out + err]).toEqual([args.join(' '), code, '']);
    return out;
  };
  await ends(4, 'plan', '--exit-code');
  await ends(1, 'run', 'tiny');
  await ends(0, 'deploy', '--yes');
  await ends(0, 'plan', '--exit-code');

  await ends(1, 'run', 'tiny', '--logical-date', '2026-07-02');
  await ends(0, 'status', 'tiny');
  await ends(0, 'logs', 'tiny');
  await lake(folder, 'first.txt');
  // The machine is as it was: the run is redriven. Then only what remains is run.
  await ends(1, 'resume', 'tiny', '--yes');
  await lake(folder, 'second.txt');
  await ends(0, 'resume', 'tiny', '--from', 'second', '--yes');
  await ends(0, 'backfill', 'tiny', '--from', '2026-07-03', '--to', '2026-07-04');
  await ends(0, 'cost', 'tiny');
  await ends(0, 'pause', 'tiny');
  await ends(0, 'pause', 'tiny', '--off');

  await changeByHand(prefix, settings.length > 0);
  await leaveParts(prefix);
  await writeFiles(folder, { 'score.py': 'def score(event):\n    return 2\n' });
  await compile(folder, runs(1), makes(['--again']));
  await ends(0, 'deploy', '--yes');
  await ends(0, 'rollback', 'large', '--yes');
  await compile(folder, runs(1), makes(['--once-more']));
  await ends(0, 'deploy', '--yes');

  // It fails, and waits for its second try: then it is stopped.
  await rm(join(folder, LAKE), { recursive: true });
  await ends(0, 'run', 'tiny', '--no-follow');
  await ends(0, 'stop', 'tiny', '--yes');
  await ends(0, 'destroy', '--yes');
}

const NEIGHBOUR = 'other-';

/** What bears another prefix is somebody else's. */
async function cannotReachNeighbours({ folder, run }: Life): Promise<void> {
  const file = join(folder, 'dagwright.yaml');
  const config = await readFile(file, 'utf8');
  await writeFile(file, config.replace(/prefix: .*/, `prefix: '${NEIGHBOUR}'`));
  const { code, err } = await run('plan', 'tiny');
  expect([code, err]).toEqual([3, expect.stringContaining(`AWS004  ${ARN} may not`)]);
  await writeFile(file, config);
}

const actionsOf = (policies: readonly DeployerPolicy[]) =>
  policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => [...Action]));

interface Variant {
  readonly prefix: string;
  /** Lines of dagwright.yaml, and what they say. */
  readonly settings: readonly string[];
  readonly environment?: Partial<Environment>;
}

const key = (id: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/bounds`;

const VARIANTS: readonly [string, Variant][] = [
  ['two DAGs, by their names', { prefix: '', settings: [] }],
  ['a prefix', { prefix: 'team-', settings: [] }],
  [
    'an account with rules of its own',
    {
      prefix: 'ruled-',
      settings: [
        'rolePath: /teams/data/',
        `permissionsBoundary: ${BOUNDARY}`,
        `kmsKeys: { artifacts: '${key('a')}', logs: '${key('l')}', schedule: '${key('s')}' }`,
      ],
      environment: {
        rolePath: '/teams/data/',
        permissionsBoundary: BOUNDARY,
        kmsKeys: { artifacts: key('a'), logs: key('l'), schedule: key('s') },
      },
    },
  ],
];

// The last, which has the most settings, where not all are tried.
describe.each(VARIANTS)('%s', (_name, variant) => {
  const { prefix } = variant;
  test('all that is done is allowed, and all that is allowed is needed', async () => {
    const environment: Environment = { ...ENVIRONMENT, prefix, ...variant.environment };
    let policies: readonly DeployerPolicy[] = [];
    const life = await lifeWith(variant, (manifests) => {
      policies = deployerPolicies({ environment, place: PLACE, manifests, deployer: ARN });
      return policies;
    });
    try {
      await cannotReachNeighbours(life);
      await live(life, variant);
      const own = (requests: Iterable<string>) => [...requests].filter((request) => !request.includes(NEIGHBOUR));
      expect(own(life.aws.denied)).toEqual([]);
      const used = new Set(own(life.aws.asked).map((request) => request.split(' ')[0]!));
      // The emulator has no keys, and gives none to a log group that is there: these are by AWS's documentation alone.
      const needed = actionsOf(policies).filter((action) => !/^kms:|:AssociateKmsKey$/.test(action));
      expect(needed.filter((action) => !used.has(action))).toEqual([]);
    } finally {
      await life.stop();
    }
  }, 300_000);
});
