import { join } from 'node:path';
import { Glue } from '@aws-sdk/client-glue';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { walkStates } from '../../asl/language/states.ts';
import type { States, Task } from '../../asl/language/types.ts';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { leftoversIn } from '../../deploy/leftovers.ts';
import { deployerPolicies } from '../../deploy/permissions/deployer-policy.ts';
import { Stop } from '../../diagnostics/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { athena, glue } from '../../tasks/index.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { folderWith } from '../local/support.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { ENVIRONMENT, makeBucket, REGION } from './support.ts';

/** Whoever deploys, with what `doctor --policy --leftovers` adds for the DAG. */
const user = deployer();
const [whole] = deployerPolicies({
  environment: ENVIRONMENT,
  place: { partition: 'aws', region: REGION, account: ACCOUNT },
  manifests: [JSON.parse(compileDag(sales()).files.get('manifest.json')!) as Manifest],
  leftovers: true,
});
const OF_GLUE = { ...whole!, Statement: whole!.Statement.filter(({ Sid }) => Sid.startsWith('Leftovers')) };
const server = emptyEndpoint({
  callers: {
    [DEPLOYER_KEY]: { ...user, policies: [...user.policies!, { name: 'leftovers', policy: OF_GLUE }] },
    bare: user,
  },
});

let api: Glue;
beforeEach(() => {
  api = new Glue({ region: REGION, credentials: ROOT, endpoint: server.url });
});

function sales() {
  const dag = new Dag('sales', { env: { lake: env.bucket() } });
  const { lake } = dag.env;
  const crawl = dag.task('crawl', glue.crawl({ database: 'shop', role: 'crawler', path: `s3://${lake}/gold/` }));
  const job = dag.task('mail', glue.pythonShell({ script: `s3://${lake}/mail.py`, role: 'mail' }));
  const query = athena.query({ sql: 'SELECT 1', database: 'shop', results: `s3://${lake}/answers/` });
  dag.task('query', query).after(crawl, job);
  return dag;
}

async function deployed(): Promise<DeployOptions> {
  const folder = await folderWith({ 'package.json': '{}' });
  const { dag, files } = withLoading({ root: folder }, () => compileDag(sales()));
  writeDist(join(folder, 'dist'), new Map([[dag, files]]), true);
  const environment = { ...ENVIRONMENT, env: { lake: 'my-lake' } };
  const options = { project: folder, dist: join(folder, 'dist'), dag: 'sales', environment };
  await deploy(options);
  return options;
}

/** What a run makes, with the arguments of the machine as it is deployed. */
async function makeAsARunDoes(): Promise<void> {
  const { aws } = server;
  const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:sales`;
  const { SFN } = await import('@aws-sdk/client-sfn');
  const sfn = new SFN({ region: REGION, credentials: ROOT, endpoint: aws.url });
  const { definition } = await sfn.describeStateMachine({ stateMachineArn });
  sfn.destroy();
  const states = [...walkStates(JSON.parse(definition!) as States)].map(({ state }) => state as Partial<Task>);
  const call = (action: string) =>
    states.find(({ Resource }) => Resource === `arn:aws:states:::aws-sdk:glue:${action}`)!.Arguments as never;
  await api.createDatabase(call('createDatabase'));
  await api.createCrawler({ ...(call('createCrawler') as object), Role: ROLE } as never);
  await api.createJob({ ...(call('createJob') as object), Role: ROLE } as never);
}
const ROLE = `arn:aws:iam::${ACCOUNT}:role/crawler`;

const there = async () => ({
  crawlers: (await api.getCrawlers({})).Crawlers!.map(({ Name }) => Name),
  jobs: (await api.getJobs({})).Jobs!.map(({ Name }) => Name),
  databases: (await api.getDatabases({})).DatabaseList!.map(({ Name }) => Name),
});
const table = (name: string, crawler: string) =>
  api.createTable({ DatabaseName: 'shop', TableInput: { Name: name, Parameters: { UPDATED_BY_CRAWLER: crawler } } });

describe('what runs made for all runs', () => {
  test('plan says it, destroy lists it and leaves it, and with --leftovers it goes, also when the machine is gone', async () => {
    const options = await deployed();
    await makeAsARunDoes();
    await table('orders', 'sales_crawl');
    const listed: string[] = [];
    const removed = await destroy(options, async ({ leftovers }) => {
      listed.push(...leftovers.map(({ title, name, stays = '' }) => `${title} ${name} ${stays}`.trim()));
      return true;
    });
    expect(listed).toEqual([
      'crawler sales_crawl',
      'database shop',
      'job sales_mail',
      'query results in s3://my-lake/answers/ it is data',
    ]);
    expect(removed!.leftovers).toHaveLength(4);
    expect(await there()).toEqual({ crawlers: ['sales_crawl'], jobs: ['sales_mail'], databases: ['shop'] });
    const later = await destroy({ ...options, leftovers: true });
    expect(later!.leftovers.map(({ title, name }) => `${title} ${name}`)).toEqual([
      'database shop',
      'crawler sales_crawl',
      'job sales_mail',
    ]);
    expect(await there()).toEqual({ crawlers: [], jobs: [], databases: [] });
    expect(await destroy({ ...options, leftovers: true })).toBeUndefined();
  });

  test('with the DAG, after a no nothing', async () => {
    const options = await deployed();
    await makeAsARunDoes();
    expect(await destroy({ ...options, leftovers: true }, async () => false)).toBeUndefined();
    expect(await there()).toEqual({ crawlers: ['sales_crawl'], jobs: ['sales_mail'], databases: ['shop'] });
    await destroy({ ...options, leftovers: true });
    expect(await there()).toEqual({ crawlers: [], jobs: [], databases: [] });
  });

  test('what carries no tag of the machine stays, as does a database with tables of others', async () => {
    const options = await deployed();
    await makeAsARunDoes();
    await table('orders', 'sales_crawl');
    await table('by_hand', '');
    await api.deleteJob({ JobName: 'sales_mail' });
    await api.createJob({ Name: 'sales_mail', Role: ROLE, Command: {}, Tags: { 'dagwright:machine': 'other' } });
    await api.createCrawler({ Name: 'other_crawl', Role: ROLE, Targets: {}, Tags: { 'dagwright:machine': 'other' } });
    const { leftovers } = (await destroy({ ...options, leftovers: true }))!;
    expect(leftovers).toEqual([
      { title: 'database', name: 'shop', stays: 'it has tables of others: by_hand' },
      { title: 'crawler', name: 'sales_crawl' },
      { title: 'job', name: 'sales_mail', stays: 'it has no tag dagwright:machine of sales' },
      { title: 'query results in', name: 's3://my-lake/answers/', stays: 'it is data' },
    ]);
    expect(await there()).toEqual({ crawlers: ['other_crawl'], jobs: ['sales_mail'], databases: ['shop'] });
  });

  test('who may not look is told before anything is removed; without --leftovers nobody is asked', async () => {
    const options = await deployed();
    const before = await snapshot();
    process.env.AWS_ACCESS_KEY_ID = 'bare';
    try {
      const refused = await destroy({ ...options, leftovers: true }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Stop);
      expect((refused as Stop).diagnostics[0]).toMatchObject({
        code: 'AWS004',
        remedy: expect.stringMatching(
          /^Allow glue:\w+ on .*`dagwright doctor --policy --leftovers` prints all that `destroy --leftovers` needs\.$/,
        ),
      });
      expect(await snapshot()).toEqual(before);
      await destroy(options);
    } finally {
      process.env.AWS_ACCESS_KEY_ID = DEPLOYER_KEY;
    }
    expect(await snapshot()).toEqual({});
  });
});

test('plan names them as long as something is to be done', async () => {
  const options = await deployed();
  expect((await plan(options)).notes).toEqual([]);
  await server.reset();
  await makeBucket();
  expect((await plan(options)).notes).toEqual([
    'its runs make the crawler sales_crawl, which only destroy --leftovers removes',
    'its runs make the database shop, which only destroy --leftovers removes',
    'its runs make the job sales_mail, which only destroy --leftovers removes',
  ]);
});

test('of a definition that is none, or that says a name later, nothing is known', () => {
  const task = (Arguments: object, Resource = 'arn:aws:states:::aws-sdk:glue:createCrawler') => ({
    States: { a: { Type: 'Task', Resource, Arguments, End: true } },
  });
  for (const none of [
    'text',
    null,
    {},
    { States: 1 },
    task({ Name: "{% 'x' %}" }),
    task({}),
    task({ Name: 'x' }, 'arn:x'),
  ])
    expect(leftoversIn(none)).toEqual([]);
  expect(leftoversIn(task({ Name: 'x' }, 'arn:aws-cn:states:::aws-sdk:glue:createCrawler'))).toEqual([
    { title: 'crawler', name: 'x' },
  ]);
});
