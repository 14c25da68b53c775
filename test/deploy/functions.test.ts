import { Lambda } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { rollback } from '../../deploy/rollback.ts';
import { ROOT } from '../aws/deployer.ts';
import { folderWith, writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { calledFunctions, deployedFunctions } from './deployed-functions.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { compileIn, ENVIRONMENT, REGION } from './support.ts';

const server = emptyEndpoint();
/** The endpoint takes its time with functions, if not so long. */
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 200)));
const NOW = () => new Date('2026-01-01T00:00:00Z');
const DAG = `import { Dag, env } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('ratings', { env: { lake: env.bucket() } });
const score = dag.task('score', lambda.typescript(() => import('../functions/score.ts'), { handler: 'score', input: { to: \`s3://\${dag.env.lake}/x\` }, memory: 256 }));
dag.task('clean', lambda.python('functions/clean.py', { handler: 'clean', environment: { LAKE: dag.env.lake } })).after(score);
export default dag;
`;
const FILES = {
  'package.json': '{"type": "module"}',
  'dags/ratings.ts': DAG,
  'functions/score.ts': 'export const score = async (_: { to: string }) => ({ kept: 1 });\n',
  'functions/clean.py': 'def clean(event):\n    return {"cleaned": True}\n',
};

async function project(): Promise<DeployOptions> {
  const folder = await folderWith();
  await compileIn(folder, FILES);
  const environment = { ...ENVIRONMENT, env: { lake: 'my-lake' }, keep: { versions: 2 } };
  return { project: folder, dist: `${folder}/dist`, dag: 'ratings', environment, now: NOW, sleep };
}

const lambda = () => new Lambda({ region: REGION, endpoint: server.url, credentials: ROOT });
const functions = () => deployedFunctions(server.url);
const called = () => calledFunctions(server.url, 'ratings');

test('functions are made with the machine, which names the version of today’s code; nothing is left to do', async () => {
  const options = await project();
  await deploy(options);
  const made = await functions();
  expect(Object.keys(made)).toEqual(['ratings_clean', 'ratings_score']);
  const names = await called();
  for (const task of ['score', 'clean']) {
    const [alias, ...others] = Object.keys(made[`ratings_${task}`]!);
    expect(others).toEqual([]);
    expect(names[task]).toMatch(new RegExp(`:function:ratings_${task}:${alias}$`));
  }
  const client = lambda();
  const about = await client.getFunctionConfiguration({ FunctionName: 'ratings_clean' });
  expect(about).toMatchObject({
    Handler: 'dagwright_entry.handler',
    Runtime: 'python3.13',
    MemorySize: 512,
    Timeout: 300,
  });
  expect(about.Environment?.Variables).toEqual({ LAKE: 'my-lake' });
  expect(about.Role).toMatch(/:role\/dagwright-ratings-fn-clean$/);
  client.destroy();
  expect(isEmpty(await plan(options))).toBe(true);
});

testOfAll(
  'changed code is another version; a rollback calls the code of then; what no version calls goes',
  async () => {
    const options = await project();
    await deploy(options);
    const first = { names: await called(), made: await functions() };

    await compileIn(options.project, {
      'functions/score.ts': 'export const score = async (_: { to: string }) => ({ kept: 2 });\n',
    });
    const changes = (await plan(options)).changes.map(
      ({ action, kind, name }) => `${action} ${kind} ${name.replace(/c-\w+/, 'c-…')}`,
    );
    expect(changes).toEqual([
      'update function ratings_score',
      'create function-alias ratings_score:c-…',
      'update machine ratings',
      'update alias live',
    ]);
    await deploy(options);
    const second = await called();
    expect(second.score).not.toBe(first.names.score);
    expect(second.clean).toBe(first.names.clean);
    expect(Object.keys((await functions()).ratings_score!)).toHaveLength(2);

    await rollback(options);
    expect((await functions()).ratings_score).toMatchObject(first.made.ratings_score!);

    // Two versions of the machine are kept.
    for (const kept of [3, 4]) {
      await compileIn(options.project, {
        'functions/score.ts': `export const score = async (_: { to: string }) => ({ kept: ${kept} });\n`,
      });
      await deploy(options);
    }
    await deploy(options);
    const left = Object.keys((await functions()).ratings_score!);
    expect(left).not.toContain(first.names.score!.split(':').at(-1));
    expect(left).toContain((await called()).score!.split(':').at(-1));
    expect(isEmpty(await plan(options))).toBe(true);
  },
);

testOfAll('a function whose task is gone stays as long as a version calls it, and destroy removes all', async () => {
  const options = await project();
  await deploy(options);
  const without = DAG.replace(/^dag\.task\('clean'.*$/m, '');
  await compileIn(options.project, { 'dags/ratings.ts': without });
  expect((await plan(options)).changes.filter(({ action }) => action === 'delete')).toEqual([]);
  await deploy(options);
  expect(Object.keys(await functions())).toEqual(['ratings_clean', 'ratings_score']);
  for (const memory of [300, 400, 500]) {
    await compileIn(options.project, { 'dags/ratings.ts': without.replace('memory: 256', `memory: ${memory}`) });
    await deploy(options);
  }
  expect(Object.keys(await functions())).toEqual(['ratings_score']);
  await destroy(options);
  expect(await functions()).toEqual({});
  expect(await destroy(options)).toBeUndefined();
});

test('code that changed since it was compiled is not deployed', async () => {
  const options = await project();
  await writeFiles(options.project, { 'functions/clean.py': 'def clean(event):\n    return {}\n' });
  await expect(deploy(options)).rejects.toMatchObject({ diagnostics: [{ code: 'RUN083' }] });
  expect(await functions()).toEqual({});
});
