import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { parse } from '@cdktn/hcl2json';
import { expect, test } from '@jest/globals';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { exportDag } from '../../deploy/export/export.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { rollback } from '../../deploy/rollback.ts';
import { ROOT } from '../aws/deployer.ts';
import { folderWith, writeFiles } from '../local/support.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { filesIn } from './export-support.ts';
import { BUCKET, compileIn, ENVIRONMENT, REGION } from './support.ts';

const server = emptyEndpoint();
const NOW = () => new Date('2026-01-01T00:00:00Z');
const code = (answer: number) => `def clean(event):\n    return {"kept": ${answer}}\n`;
const FILES = {
  'package.json': '{"type": "module"}',
  'functions/clean.py': code(1),
  'dags/ratings.ts': `import { Dag, env } from 'dagwright';
import { ecs, glue } from 'dagwright/tasks';

const dag = new Dag('ratings', { env: { lake: env.bucket(), shell: env.role(), task: env.role() } });
const file = 'functions/clean.py';
const input = { to: \`s3://\${dag.env.lake}/x\` };
dag.task('longer', glue.pythonShell(file, { handler: 'clean', input, role: dag.env.shell }));
const place = { cluster: 'jobs', taskDefinition: 'python', container: 'app', passRoles: [] };
dag.task('larger', ecs.run(file, { handler: 'clean', input, role: dag.env.task, ...place }));
export default dag;
`,
};

async function project(): Promise<DeployOptions> {
  const folder = await folderWith();
  await compileIn(folder, FILES);
  const env = { lake: 'my-lake', shell: 'managed', task: 'managed' };
  const environment = { ...ENVIRONMENT, env, keep: { versions: 2 } };
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 200)));
  return { project: folder, dist: `${folder}/dist`, dag: 'ratings', environment, now: NOW, sleep };
}

const s3 = () => new S3({ region: REGION, endpoint: server.url, credentials: ROOT, forcePathStyle: true });

async function keys(prefix: string): Promise<string[]> {
  const client = s3();
  const { Contents = [] } = await client.listObjectsV2({ Bucket: BUCKET, Prefix: prefix });
  client.destroy();
  return Contents.map(({ Key }) => Key!.slice(prefix.length)).sort();
}
const assets = () => keys('dagwright/ratings/assets/');
const archives = async () => (await assets()).filter((key) => key.endsWith('.zip'));

/** The archives that the machine names which is live. */
async function named(): Promise<string[]> {
  const client = new SFN({ region: REGION, endpoint: server.url, credentials: ROOT });
  const { stateMachines = [] } = await client.listStateMachines({});
  const { stateMachineArn } = stateMachines.find(({ name }) => name === 'ratings')!;
  const { routingConfiguration = [] } = await client.describeStateMachineAlias({
    stateMachineAliasArn: `${stateMachineArn}:live`,
  });
  const { definition = '' } = await client.describeStateMachine({
    stateMachineArn: routingConfiguration[0]!.stateMachineVersionArn!,
  });
  client.destroy();
  expect(definition).toContain(`'dagwright-answers/ratings/longer/' & $uuid()`);
  const found = definition.matchAll(/s3:\/\/my-artifacts\/dagwright\/ratings\/assets\/([^"]+\.zip)/g);
  return [...new Set([...found].map(([, key]) => key!))].sort();
}

test('code of jobs goes up with the machine, is rolled back with it, and is removed with the last version that names it', async () => {
  const options = await project();
  await deploy(options);
  const first = await named();
  expect(first).toHaveLength(2);
  expect(await archives()).toEqual(first);
  expect(await assets()).toContainEqual(expect.stringMatching(/^run_code-\w{12}\/run_code\.py$/));
  expect(isEmpty(await plan(options))).toBe(true);

  await compileIn(options.project, { 'functions/clean.py': code(2) });
  await deploy(options);
  const second = await named();
  expect(second.filter((key) => first.includes(key))).toEqual([]);
  expect(await archives()).toEqual([...first, ...second].sort());

  await rollback(options);
  expect(await named()).toEqual(first);

  // Two versions of the machine are kept.
  for (const answer of [3, 4]) {
    await compileIn(options.project, { 'functions/clean.py': code(answer) });
    await deploy(options);
  }
  await deploy(options);
  const left = await archives();
  expect(left).toEqual(expect.arrayContaining(await named()));
  expect(left).toHaveLength(4);
  expect(left.filter((key) => first.includes(key))).toEqual([]);
}, 120_000);

test('destroy removes the code and what it answered, of this machine and of no other', async () => {
  const options = await project();
  await deploy(options);
  const client = s3();
  const others = ['dagwright-answers/ratings2/longer/1/answer.json', 'dagwright-answers/other.json'];
  for (const Key of ['dagwright-answers/ratings/longer/1/answer.json', ...others])
    await client.putObject({ Bucket: BUCKET, Key, Body: '{}' });
  client.destroy();
  await destroy(options);
  expect(await keys('dagwright')).toEqual(others.map((key) => key.slice('dagwright'.length)).sort());
  expect(await destroy(options)).toBeUndefined();
}, 60_000);

test('code that changed since it was compiled is not deployed', async () => {
  const options = await project();
  await writeFiles(options.project, { 'functions/clean.py': code(9) });
  await expect(deploy(options)).rejects.toMatchObject({ diagnostics: [{ code: 'RUN083' }] });
});

test.each(['sam', 'terraform'] as const)('export --format %s hands the code on, twice the same', async (format) => {
  const { project: folder, dist, environment } = await project();
  const exported = async () => {
    const out = await folderWith();
    await exportDag({ project: folder, dist, dag: 'ratings', environment, format, out });
    return { folder: join(out, 'ratings'), files: await filesIn(join(out, 'ratings')) };
  };
  const first = await exported();
  expect([...(await exported()).files]).toEqual([...first.files]);
  const { archives: made, assets: scripts } = JSON.parse(await readFile(join(dist, 'ratings/manifest.json'), 'utf8'));
  const wanted = [...made, ...scripts].map(({ key }: { key: string }) => `assets/${key}`).sort();
  expect([...first.files.keys()].filter((path) => path.startsWith('assets/')).sort()).toEqual(wanted);
  if (format === 'sam') expect(first.files.get('template.yaml')).toMatch(/assetsBucket: !Ref Artifacts/);
  else {
    const main = await parse('main.tf', first.files.get('main.tf')!);
    expect(JSON.stringify(main)).toContain('assetsBucket');
  }
});
