import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { parse } from '@cdktn/hcl2json';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { exportDag, type Format } from '../../deploy/export/export.ts';
import type { Environment } from '../../project/environment.ts';
import { type Ministack, pythonProgram, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { folderWith } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { createStack, filesIn, run } from './export-support.ts';
import { BUCKET, compileIn, ENVIRONMENT, makeBucket, REGION } from './support.ts';

/** Functions that a DAG brings along, in what a team's own infrastructure code makes. */
const DAG = `import { Dag, env } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('ratings', { env: { lake: env.bucket(), layer: env.string(), cleaner: env.role() } });
const score = dag.task('score', lambda.typescript(() => import('../functions/score.ts'), { handler: 'score', input: { to: \`s3://\${dag.env.lake}/x\` }, memory: 256, timeout: '1m', storage: 1024 }));
dag.task('clean', lambda.python('functions/clean.py', { handler: 'clean', architecture: 'arm64', environment: { LAKE: dag.env.lake }, layers: [dag.env.layer], role: dag.env.cleaner })).after(score);
export default dag;
`;
const FILES = {
  'package.json': '{"type": "module"}',
  'dags/ratings.ts': DAG,
  'functions/score.ts': 'export const score = async (_: { to: string }) => ({ kept: 1 });\n',
  'functions/clean.py': 'def clean(event):\n    return {"cleaned": True}\n',
};
const LAYER = `arn:aws:lambda:${REGION}:111122223333:layer:tools:3`;
const environment: Environment = { ...ENVIRONMENT, env: { lake: 'my-lake', layer: LAYER, cleaner: 'cleaner' } };

let folder = '';
beforeAll(async () => {
  folder = await folderWith();
  await compileIn(folder, FILES);
});

async function exported(format: Format) {
  const out = await folderWith();
  await exportDag({ project: folder, dist: join(folder, 'dist'), dag: 'ratings', environment, format, out });
  return { folder: join(out, 'ratings'), files: await filesIn(join(out, 'ratings')) };
}

/** The version's logical id in the template, which says what the function is. */
const versionOf = (template: string, name: string) =>
  new RegExp(`^ {2}(${name}C[0-9a-f]{16}Version):`, 'm').exec(template)?.[1];

test.each(['sam', 'terraform'] as const)('export --format %s hands on the archives, twice the same', async (format) => {
  const first = await exported(format);
  expect([...(await exported(format)).files]).toEqual([...first.files]);
  const { functions } = JSON.parse(await readFile(join(folder, 'dist/ratings/manifest.json'), 'utf8'));
  const archives = [...first.files.keys()].filter((path) => path.startsWith('assets/'));
  expect(archives).toEqual(functions.map(({ sha256 }: { sha256: string }) => `assets/functions/${sha256}.zip`).sort());
  const held = await Promise.all(
    archives.map(async (path) => Object.keys(unzipSync(await readFile(join(first.folder, path))))),
  );
  expect(held.flat().sort()).toEqual(expect.arrayContaining(['clean.py', 'index.mjs']));
  // The machine is handed on as it was reviewed: its functions are placeholders.
  expect(first.files.get('machines/ratings.json')).toContain('"FunctionName": "${function_score}"');
});

describe('the SAM template', () => {
  let server: Ministack;
  beforeAll(async () => {
    server = await startMinistack();
    useEndpoint(server.url);
  }, 600_000);
  afterAll(() => server.stop());

  testOfAll(
    'is what cfn-lint has nothing to say about',
    async () => {
      const { folder: made } = await exported('sam');
      const cfnLint = await pythonProgram('cfn-lint');
      expect(await run(cfnLint, ['--regions', REGION, '--', 'template.yaml'], made)).toEqual({ code: 0, output: '' });
    },
    120_000,
  );

  test('makes the functions, and a machine that calls the versions that it publishes', async () => {
    await makeBucket();
    const { folder: made, files } = await exported('sam');
    const s3 = new S3({ region: REGION, forcePathStyle: true });
    for (const path of files.keys())
      if (path.startsWith('assets/'))
        await s3.putObject({
          Bucket: BUCKET,
          Key: `dagwright/ratings/${path}`,
          Body: await readFile(join(made, path)),
        });
    s3.destroy();
    const stack = await createStack('ratings', files, { artifacts: BUCKET, lake: 'my-lake', layer: LAYER });
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');

    const lambda = new Lambda({ region: REGION });
    expect(await lambda.getFunctionConfiguration({ FunctionName: 'ratings_score' })).toMatchObject({
      Handler: 'index.handler',
      MemorySize: 256,
      Runtime: 'nodejs22.x',
      Timeout: 60,
      EphemeralStorage: { Size: 1024 },
    });
    expect(await lambda.getFunctionConfiguration({ FunctionName: 'ratings_clean' })).toMatchObject({
      Environment: { Variables: { LAKE: 'my-lake' } },
      Role: expect.stringMatching(/:role\/cleaner$/),
    });
    lambda.destroy();

    const sfn = new SFN({ region: REGION });
    const { stateMachines = [] } = await sfn.listStateMachines({});
    const { stateMachineArn } = stateMachines.find(({ name }) => name === 'ratings')!;
    const { States } = JSON.parse((await sfn.describeStateMachine({ stateMachineArn: stateMachineArn! })).definition!);
    expect(States.score.Arguments.FunctionName).toMatch(/:function:ratings_score:\d+$/);
    sfn.destroy();
  }, 120_000);

  test('a changed function is another version, and what did not change stays the same', async () => {
    const before = (await exported('sam')).files.get('template.yaml')!;
    expect(before).toMatch(
      /^ {2}ScoreC[0-9a-f]{16}Version:\n {4}Type: AWS::Lambda::Version\n {4}DeletionPolicy: Retain/m,
    );
    await compileIn(folder, { 'functions/clean.py': 'def clean(event):\n    return {"cleaned": False}\n' });
    const after = (await exported('sam')).files.get('template.yaml')!;
    await compileIn(folder, FILES);
    expect(versionOf(after, 'Score')).toBe(versionOf(before, 'Score'));
    expect(versionOf(after, 'Clean')).toMatch(/^CleanC/);
    expect(versionOf(after, 'Clean')).not.toBe(versionOf(before, 'Clean'));
  });
});

test('the Terraform module has the functions, and the machine calls the versions that they publish', async () => {
  const { files } = await exported('terraform');
  const main = files.get('main.tf')!;
  const { resource, locals } = (await parse('main.tf', main)) as {
    resource: { aws_lambda_function: { [label: string]: [Record<string, unknown>] } };
    locals: { values?: Record<string, string> }[];
  };
  const { score, clean } = resource.aws_lambda_function;
  expect(score![0]).toMatchObject({
    function_name: 'ratings_score',
    role: '${aws_iam_role.fn_score.arn}',
    publish: true,
    s3_bucket: '${var.artifacts}',
    ephemeral_storage: [{ size: 1024 }],
  });
  expect(clean![0]).toMatchObject({
    architectures: ['arm64'],
    environment: [{ variables: { LAKE: '${var.lake}' } }],
    layers: ['${var.layer}'],
  });
  const values = locals.find((one) => one.values !== undefined)!.values!;
  expect(values.function_score).toBe('${aws_lambda_function.score.qualified_arn}');
  // An archive is uploaded before its function is made.
  const [, archive] = /aws_s3_object\.asset\["([^"]+)"\]\.key/.exec(`${score![0].s3_key}`)!;
  expect([...files.keys()]).toContain(`assets/${archive}`);
});
