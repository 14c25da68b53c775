import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type SFNClient,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { fillPlaceholders } from '../../../asl/placeholders/index.ts';
import { parseCsv } from '../../../engines/csv.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { operate } from '../../../runs/operation.ts';
import { planResume } from '../../../runs/resume/resume.ts';
import { startRemaining } from '../../../runs/resume/start.ts';
import { ROLE, startServer } from '../../endpoint/support.ts';
import { folderWith, REPOSITORY, repositoryPython } from '../../local/support.ts';
import { CONFIG, clientEnv } from '../support.ts';
import { alone } from './support.ts';

/**
 * The reference pipeline against `dagwright serve`, on real Spark: silver_netflix breaks by its script; after the script is mended, the
 * resumed run makes a new cluster and runs that silver and what follows it.
 */

const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:datalake';
const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:datalake';
const VALUES = {
  lake: 'datalake-desafio-1',
  assets: 's3://my-artifacts/dagwright/datalake/assets',
  subnet: 'subnet-1',
  emrServiceRole: 'emr',
  emrInstanceProfile: 'ec2',
  crawlerRole: 'crawler',
  reportRole: 'report',
  kaggleSecret: 'kaggle',
  partition: 'aws',
  region: 'us-east-1',
  account: '123456789012',
  machine: 'datalake',
  cleanup: 'datalake-cleanup',
};

/** dist/ as the compiler writes it of another version of a script, its files where deploy lays them; what fails is tried once more, at once. */
async function deployed(project: string, script: (text: string) => string): Promise<string> {
  const dist = join(REPOSITORY, 'dist/datalake');
  const manifest = JSON.parse(await readFile(join(dist, 'manifest.json'), 'utf8')) as Manifest;
  const edits: [string, string][] = [
    ['"IntervalSeconds": 60', '"IntervalSeconds": 1'],
    ['"MaxAttempts": 2', '"MaxAttempts": 1'],
    ['"retry":{"retries":2,"delayMs":60000', '"retry":{"retries":1,"delayMs":1000'],
  ];
  for (const { path, key, sha256 } of manifest.assets) {
    const original = await readFile(join(REPOSITORY, path), 'utf8');
    const text = path === 'spark/main.py' ? script(original) : original;
    const hash = createHash('sha256').update(text).digest('hex');
    const now = key.replace(sha256.slice(0, 12), hash.slice(0, 12));
    edits.push([key, now], [sha256, hash]);
    const file = join(project, '.dagwright/local/s3/my-artifacts/dagwright/datalake/assets', now);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
  }
  await mkdir(join(project, 'dist/datalake'), { recursive: true });
  let definition = '';
  for (const name of ['manifest.json', 'step_function.json']) {
    const text = await readFile(join(dist, name), 'utf8');
    definition = edits.reduce((all, [from, to]) => all.replaceAll(from, to), text);
    await writeFile(join(project, 'dist/datalake', name), definition);
  }
  return JSON.stringify(fillPlaceholders(JSON.parse(definition) as Json, VALUES));
}

async function ended(sfn: SFNClient, name: string): Promise<string> {
  for (;;) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: `${EXECUTION}:${name}` }));
    if (status !== 'RUNNING') return status!;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The Task states that an execution entered, and the clusters that it made. */
async function ran(sfn: SFNClient, name: string): Promise<{ tasks: string[]; clusters: string[] }> {
  const executionArn = `${EXECUTION}:${name}`;
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  const tasks = events.flatMap(({ type, stateEnteredEventDetails: entered }) =>
    // Of a task that is tried again the call is one of its states.
    type === 'TaskStateEntered' ? [entered!.name!.replace(/: call$/, '')] : [],
  );
  const clusters = events.flatMap(({ taskSucceededEventDetails: done }) =>
    done?.resource === 'createCluster.sync' ? [(JSON.parse(done.output!) as { ClusterId: string }).ClusterId] : [],
  );
  return { tasks: [...new Set(tasks)], clusters };
}

test('after the script is mended, silver runs on a new cluster, the other silver does not, and the answers are right', async () => {
  const { python } = await repositoryPython();
  const project = await folderWith({ 'dagwright.yaml': CONFIG });
  const bronze = join(project, '.dagwright/local/s3/datalake-desafio-1/bronze');
  await mkdir(join(bronze, '..'), { recursive: true });
  await cp(join(REPOSITORY, 'data/sample'), bronze, { recursive: true });
  await cp(join(REPOSITORY, 'requirements.txt'), join(project, 'requirements.txt'));
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  const server = await startServer({ project });
  const { sfn } = server;
  const before = { ...process.env };
  try {
    Object.assign(process.env, clientEnv(server.endpoint.url));

    // 1. It breaks.
    const broken = await deployed(project, (text) =>
      text.replace(/^def silver_netflix\(.*$/m, '$&\n    raise SystemExit("netflix is broken")'),
    );
    const made = await sfn.send(
      new CreateStateMachineCommand({ name: 'datalake', definition: broken, roleArn: ROLE, publish: true }),
    );
    const route = (version?: string) => [{ stateMachineVersionArn: version!, weight: 100 }];
    await sfn.send(
      new CreateStateMachineAliasCommand({
        name: 'live',
        routingConfiguration: route(made.stateMachineVersionArn),
      }),
    );
    const input = JSON.stringify({ params: { fromKaggle: false }, logical_date: '2026-01-01T00:00:00Z' });
    await sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${MACHINE}:live`, name: '20260101T000000Z-1', input }),
    );
    expect(await ended(sfn, '20260101T000000Z-1')).toBe('FAILED');
    const first = await ran(sfn, '20260101T000000Z-1');
    expect(first.tasks).toEqual(expect.arrayContaining(['silver_amazon', 'silver_netflix', 'terminate_cluster']));
    expect(first.tasks).not.toContain('gold');

    // 2. It is mended, compiled and deployed.
    const definition = await deployed(project, (text) => text);
    const { stateMachineVersionArn } = await sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn: MACHINE, definition, publish: true }),
    );
    await sfn.send(
      new UpdateStateMachineAliasCommand({
        stateMachineAliasArn: `${MACHINE}:live`,
        routingConfiguration: route(stateMachineVersionArn),
      }),
    );

    // 3. It is resumed.
    const dist = join(project, 'dist');
    await operate({ project, dist, dag: 'datalake' }, async (operation) => {
      const plan = await planResume(operation, { dist });
      expect(plan).toMatchObject({ how: 'machine', anew: ['cluster'] });
      expect(plan.finished).toEqual(['ingest_amazon', 'silver_amazon', 'ingest_netflix']);
      if (plan.how !== 'machine') return;
      // The role that suffices for the whole suffices for what is left.
      const calls = (text: string) => new Set(text.match(/"Resource":"[^"]+"/g));
      expect([...calls(definition)]).toEqual(expect.arrayContaining([...calls(JSON.stringify(plan.definition))]));
      await startRemaining(operation, plan, alone);
    });
    expect(await ended(sfn, '20260101T000000Z-2')).toBe('SUCCEEDED');
    const second = await ran(sfn, '20260101T000000Z-2');
    expect(second.tasks).toEqual(expect.arrayContaining(['cluster', 'silver_netflix', 'gold', 'terminate_cluster']));
    for (const task of ['silver_amazon', 'ingest_amazon', 'ingest_netflix']) expect(second.tasks).not.toContain(task);
    expect(second.clusters).toHaveLength(1);
    expect(second.clusters).not.toEqual(first.clusters);

    // 4. The answers are those that plain Python finds in the same files.
    const { stdout } = await promisify(execFile)(
      python,
      [join(REPOSITORY, 'test/spark/expected.py'), bronze, '--json'],
      { maxBuffer: 1e8 },
    );
    const expected = JSON.parse(stdout) as Record<string, Record<string, Json>[]>;
    const answers = join(project, '.dagwright/local/s3/datalake-desafio-1/consultas');
    const entries = await readdir(answers, { withFileTypes: true });
    const questions = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(questions.map((name) => name.slice(0, 2)).sort()).toEqual(Object.keys(expected).sort());
    for (const question of questions) {
      const [file] = await readdir(join(answers, question));
      const [columns = [], ...rows] = parseCsv(await readFile(join(answers, question, file!), 'utf8'));
      const wanted = expected[question.slice(0, 2)]!;
      const asExpected = (text: string | null, value: Json | undefined): Json =>
        typeof value !== 'number' || text === null || Math.abs(Number(text) - value) >= 1e-9 ? text : value;
      expect(rows.map((row, n) => row.map((text, i) => asExpected(text, wanted[n]?.[columns[i]!])))).toEqual(
        wanted.map((row) => Object.values(row)),
      );
    }
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    await server.stop();
  }
}, 600_000);
