import { expect, test } from '@jest/globals';
import { emrOf, glueOf } from '../../acceptance/belongings/made-by-runs.ts';
import { createClients } from '../../aws/clients.ts';
import { thisProcess } from '../../deploy/lock.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import { snapshot } from '../deploy/snapshot.ts';
import { BUCKET, REGION } from '../deploy/support.ts';
import { PLACE, testAccount } from './account.ts';

const account = testAccount();
const CLEAN = [...PLACE, '--clean', '--yes'];
/** Of every day a check that makes a machine with its schedule; in `test:all` one that makes one of each thing. */
const CHECK = '10';

/** Everything that is there: what deploy makes, and what runs and the suite make. */
async function everything() {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const [s3, glue, emr] = await Promise.all([aws.s3(), glueOf(aws), emrOf(aws)]);
  const { Buckets = [] } = await s3.listBuckets({});
  const { DatabaseList = [] } = await glue.getDatabases({});
  const { Crawlers = [] } = await glue.getCrawlers({});
  const { Jobs = [] } = await glue.getJobs({});
  const { Clusters = [] } = await emr.listClusters({ ClusterStates: ['STARTING', 'RUNNING', 'WAITING'] });
  aws.destroy();
  const named = (all: readonly { readonly Name?: string | undefined }[]) => all.map(({ Name }) => Name);
  return {
    ...(await snapshot()),
    buckets: named(Buckets),
    databases: named(DatabaseList),
    crawlers: named(Crawlers),
    jobs: named(Jobs),
    clusters: named(Clusters),
  };
}

/** What runs make in the account, for a run and a role. */
async function madeByRuns(name: string, role: string, description: string, execution: string) {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const [glue, emr] = await Promise.all([glueOf(aws), emrOf(aws)]);
  const Role = `arn:aws:iam::${ACCOUNT}:role/${role}`;
  const Name = `${name}_made`;
  await glue.createDatabase({ DatabaseInput: { Name: Name.replaceAll('-', '_'), Description: description } });
  await glue.createCrawler({
    Name,
    Role,
    DatabaseName: Name.replaceAll('-', '_'),
    Targets: { S3Targets: [{ Path: 's3://b/' }] },
  });
  await glue.createJob({ Name, Role, Command: { Name: 'pythonshell', ScriptLocation: 's3://b/x.py' } });
  await emr.runJobFlow({
    ...{ Name, ReleaseLabel: 'emr-7.13.0', Instances: { InstanceCount: 1, KeepJobFlowAliveWhenNoSteps: true } },
    Tags: [{ Key: 'dagwright:execution', Value: `arn:aws:states:${REGION}:${ACCOUNT}:execution:${execution}:1` }],
  });
  aws.destroy();
}

/** Runs the suite and kills it at its n-th call; so many calls there were. */
async function killedAt(n: number, args: readonly string[], signal: NodeJS.Signals = 'SIGKILL') {
  const run = account.start(...args);
  account.proxy.begin((call) => {
    if (call === n) run.child.kill(signal);
    return 'pass';
  });
  const ended = await run.ended;
  // The command that it had started ends by itself, and what it had sent is still done.
  if (signal === 'SIGKILL') await new Promise((resolve) => setTimeout(resolve, 700));
  return { ...ended, calls: account.proxy.calls.length };
}

test('killed at any call, and the cleaning killed as well: nothing is left after the next', async () => {
  const before = await everything();
  const whole = await killedAt(-1, [...PLACE, '--yes', '--only', CHECK]);
  expect(whole.code).toBe(0);
  expect(await everything()).toEqual(before);

  const points = 30;
  let made = 0;
  for (let i = 0; i < points; i += 1) {
    const n = Math.round(((i + 0.5) * whole.calls) / points);
    const { code } = await killedAt(n, [...PLACE, '--yes', '--only', CHECK]);
    expect(code).toBe(null);
    if (Object.keys(await everything()).length > Object.keys(before).length) made += 1;
    await killedAt(20 + 7 * i, CLEAN);
    const cleaned = await account.suite(CLEAN);
    expect([n, cleaned.code, cleaned.err]).toEqual([n, 0, '']);
    expect(await everything()).toEqual(before);
  }
  // Something was there to be cleaned.
  expect(made).toBeGreaterThan(0);
  expect((await account.suite(CLEAN)).out).toContain('Nothing of any run is left');
}, 1_800_000);

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the check, and the run removes what it made', async (signal) => {
  const before = await everything();
  const { code, out, err } = await killedAt(60, [...PLACE, '--yes', '--only', '3,9'], signal);
  expect(err).toContain('Interrupted');
  expect(out).toMatch(/0 passed, \d failed, \d+ not run/);
  expect(code).toBe(1);
  expect(await everything()).toEqual(before);
});

test('cleaning touches nothing that does not bear both the name and the mark of a run', async () => {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const [s3, iam, sfn, logs, events] = await Promise.all([aws.s3(), aws.iam(), aws.sfn(), aws.logs(), aws.events()]);
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const tag = (run: string) => [{ Key: 'dagwright:acceptance', Value: run }];
  const role = (RoleName: string, Tags: ReturnType<typeof tag>) =>
    iam.createRole({ RoleName, AssumeRolePolicyDocument: trust, Tags });
  // A name without a tag, a tag without a name, the tag of another run, and an environment that is called otherwise.
  await role('dagwright-dwa-deadbeef-x', []);
  await role('somebody-else', tag('dwa-deadbeef'));
  await role('dagwright-dwa-deadbeef-y', tag('dwa-0badcafe'));
  await role('dagwright-dwa-deadbeef-z', [{ Key: 'dagwright:env', Value: 'prod' }]);
  await sfn.createStateMachine({
    ...{ name: 'dwa-deadbeef-first', roleArn: `arn:aws:iam::${ACCOUNT}:role/dagwright-dwa-deadbeef-x` },
    definition: JSON.stringify({ StartAt: 'a', States: { a: { Type: 'Pass', End: true } } }),
  });
  await logs.createLogGroup({ logGroupName: '/aws/vendedlogs/states/dwa-deadbeef-first' });
  await events.putRule({ Name: 'dagwright-dwa-deadbeef-first', EventPattern: '{"source":["aws.states"]}' });
  await s3.createBucket({ Bucket: 'dwa-deadbeef-lake' });
  await s3.putObject({ Bucket: BUCKET, Key: 'dagwright/dwa-deadbeef-first/record.json', Body: 'no journal' });
  await s3.putObject({ Bucket: BUCKET, Key: 'dwa-deadbeef/notes.txt', Body: 'no journal' });
  await madeByRuns('dwa-deadbeef-x', 'somebody-else', 'of somebody else', 'prod-first');
  const before = await everything();
  const { code, out } = await account.suite(CLEAN);
  expect([code, out]).toEqual([0, expect.stringContaining('Nothing of any run is left')]);
  expect(await everything()).toEqual(before);
  aws.destroy();
});

test('a run that is under way is left alone, unless it is named', async () => {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const s3 = await aws.s3();
  const before = await everything();
  const now = new Date().toISOString();
  const journal = {
    journalVersion: 1,
    run: 'dwa-12345678',
    process: thisProcess(),
    started: now,
    renewed: now,
    checks: [1],
  };
  await s3.putObject({ Bucket: BUCKET, Key: 'dwa-12345678/journal.json', Body: JSON.stringify(journal) });
  await s3.createBucket({ Bucket: 'dwa-12345678-lake' });
  const first = await account.suite(CLEAN);
  expect([first.code, first.out]).toEqual([0, expect.stringContaining('dwa-12345678 is under way')]);
  expect(await everything()).not.toEqual(before);
  expect((await account.suite([...CLEAN, '--run', 'dwa-12345678'])).code).toBe(0);
  expect(await everything()).toEqual(before);
  aws.destroy();
});

test('what machines of a run have made goes, and what is called like it and is of another stays', async () => {
  const aws = createClients({ region: REGION, credentials: ROOT });
  await madeByRuns('prod-tables', 'dagwright-prod-tables', 'ours', 'prod-tables');
  const before = await everything();
  const run = 'dwa-0a1b2c3d';
  const description = `Made by dagwright's acceptance suite (${run})`;
  await madeByRuns(`${run}-tables`, `dagwright-${run}-tables-env-crawlerRole`, description, `${run}-tables`);
  expect(await everything()).not.toEqual(before);
  const { code, out } = await account.suite(CLEAN);
  expect([code, out]).toEqual([0, expect.stringMatching(/crawler [\s\S]*4 removed, nothing is left/)]);
  expect(await everything()).toEqual(before);
  aws.destroy();
});
