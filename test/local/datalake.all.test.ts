import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { parse as parseYaml } from 'yaml';
import type { Json } from '../../asl/json/value.ts';
import { parseCsv } from '../../engines/csv.ts';
import {
  filledPolicy,
  type IamRequest,
  loadIam,
  type PolicyText,
  type StatementText,
} from '../../engines/iam/index.ts';
import { ASSETS_BUCKET } from '../../engines/lake/assets.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { runLocally } from '../../local/run.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import { textReport } from '../../report/text-report.ts';
import { lineageOfDatalake } from '../lineage/datalake.ts';
import { Pages } from '../picture/browser.ts';
import { folderWith, REPOSITORY, repositoryPython } from './support.ts';

const execute = promisify(execFile);
const pages = new Pages();
afterAll(() => pages.close());

/** The answers by another road: plain Python over the bronze files. By the question's number, rows in order. */
async function expectedAnswers(python: string, bronze: string): Promise<Record<string, Record<string, Json>[]>> {
  const { stdout } = await execute(python, [join(REPOSITORY, 'test/spark/expected.py'), bronze, '--json'], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Record<string, Record<string, Json>[]>;
}

/** A number that agrees to nine places is the one that was expected: engines add in orders of their own. */
function asExpected(text: string | null, wanted: Json | undefined): Json {
  if (typeof wanted !== 'number' || text === null) return text;
  return Math.abs(Number(text) - wanted) < 1e-9 ? wanted : Number(text);
}

/** A request of the run, and the role with whose leave it was made. */
interface Asked {
  readonly role: string;
  readonly state: string;
  readonly request: IamRequest;
}

/**
 * Statements without which nothing of the run is denied, by their first action: what EMR does in EC2, what Spark lists, what is done to
 * uploads that were broken off or to jobs before another try, and a secret that a run over files that are there does not need.
 */
const NOT_SHOWN: { readonly [policy: string]: readonly string[] } = {
  'policy.json': ['states:DescribeExecution', 'states:StartExecution'],
  crawlerRole: [],
  emrInstanceProfile: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads', 'secretsmanager:GetSecretValue'],
  emrServiceRole: ['ec2:CreateFleet', 'ec2:CreateSecurityGroup', 'iam:PassRole'],
  reportRole: ['s3:ListBucketMultipartUploads'],
};

/** Holds what was asked against each policy without each of its statements in turn. */
async function unneeded(project: string, asked: readonly Asked[]): Promise<typeof NOT_SHOWN> {
  const { authorize } = await loadIam('this test');
  const read = async (name: string) => JSON.parse(await readFile(join(project, 'dist/datalake', name), 'utf8'));
  const { env } = (await read('manifest.json')) as Manifest;
  const { local } = parseYaml(await readFile(join(project, 'dagwright.yaml'), 'utf8'));
  const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
  const assets = { assetsBucket: ASSETS_BUCKET, assetsPath: ASSETS_BUCKET };
  const values = { ...place, ...local.env, ...assets, machine: 'datalake' };
  const roles = Object.entries(env).flatMap(([name, { policy }]) =>
    policy === undefined ? [] : [{ name, role: local.env[name] as string, policy: policy as PolicyText }],
  );
  const all = [{ name: 'policy.json', role: 'datalake', policy: (await read('policy.json')) as PolicyText }, ...roles];
  const found = all.map(({ name, role, policy }) => {
    const own = asked.filter((one) => one.role === role);
    const statements = [policy.Statement].flat() as readonly StatementText[];
    const idle = statements.filter((_, index) => {
      const rest = { ...policy, Statement: statements.filter((__, i) => i !== index) };
      const policies = { identity: [{ name, policy: filledPolicy(rest, values) }] };
      const principal = `arn:aws:sts::123456789012:assumed-role/${role}/run`;
      return own.every(({ request }) => authorize({ ...request, principal, policies }).allowed);
    });
    return [name, idle.map(({ Action }) => [Action].flat()[0] as string)] as const;
  });
  return Object.fromEntries(found);
}

test('the reference pipeline on this machine, from dist/ alone, over a mounted folder: twelve right answers and two documents, and nothing that its policies do not allow', async () => {
  const { python } = await repositoryPython();
  // Many partitions of small files; set as the JVM takes it, whose archive of classes does not go with a folder of settings.
  const small = `${process.env.SPARK_SUBMIT_OPTS} -Dspark.sql.files.maxPartitionBytes=16384`;
  const bronze = join(await folderWith(), 'bronze');
  await cp(join(REPOSITORY, 'data/sample'), bronze, { recursive: true });
  const project = await folderWith();
  for (const part of ['dist', 'spark', 'dagwright.yaml', 'requirements.txt'])
    await cp(join(REPOSITORY, part), join(project, part), { recursive: true });
  await mkdir(join(project, '.dagwright'));
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));

  let progress = '';
  const asked: Asked[] = [];
  const report = await runLocally({
    dag: 'datalake',
    project,
    dist: join(project, 'dist'),
    mounts: [`s3://datalake-desafio-1/bronze=${bronze}`],
    env: { ...process.env, SPARK_SUBMIT_OPTS: small },
    lineage: 'events.jsonl',
    enforcePolicy: true,
    onDecision: (request, _decision, { state }, { name }) => asked.push({ role: name, state, request }),
    progress: new PlainProgress((text) => {
      progress += text;
    }),
    groups: new ProcessGroups(),
    signal: new AbortController().signal,
  });
  expect([report.status, progress]).toEqual(['SUCCEEDED', expect.any(String)]);
  expect(report.tasks.filter(({ state }) => state !== 'success')).toEqual([]);
  expect(report.denials).toEqual([]);
  expect(await unneeded(project, asked)).toEqual(NOT_SHOWN);

  const consultas = join(project, '.dagwright/local/s3/datalake-desafio-1/consultas');
  const expected = await expectedAnswers(python, bronze);
  const questions = (await readdir(consultas, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(questions.map((name) => name.slice(0, 2)).sort()).toEqual(Object.keys(expected).sort());
  for (const question of questions) {
    const files = await readdir(join(consultas, question));
    expect(files).toEqual([expect.stringMatching(/^[0-9a-f-]{36}\.csv$/)]);
    const [columns = [], ...rows] = parseCsv(await readFile(join(consultas, question, files[0]!), 'utf8'));
    const wanted = expected[question.slice(0, 2)]!;
    expect(columns).toEqual(Object.keys(wanted[0] ?? {}));
    expect(rows.map((row, n) => row.map((text, i) => asExpected(text, wanted[n]?.[columns[i]!])))).toEqual(
      wanted.map((row) => Object.values(row)),
    );
  }
  expect(await readdir(consultas)).toEqual(expect.arrayContaining(['email_cliente.docx', 'report.html']));
  const folder = '.dagwright/local/s3/datalake-desafio-1/consultas';
  expect(textReport(report, createColors(false)).split('\n\n').at(-1)).toBe(
    `Documents\n  ${folder}/email_cliente.docx\n  ${folder}/report.html\n`,
  );
  await lineageOfDatalake(join(project, 'events.jsonl'), questions);

  const html = await readFile(join(consultas, 'report.html'), 'utf8');
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, complaints } = await pages.open(html, { colorScheme });
    expect(await page.locator('section').count()).toBe(12);
    // Each has a sentence, and a table of at least a row.
    for (const section of await page.locator('section').all()) {
      expect(await section.locator('.answer').textContent()).toMatch(/\w/);
      expect(await section.locator('tbody tr').count()).toBeGreaterThan(0);
    }
    expect(await page.locator('figure svg rect.reactive').count()).toBeGreaterThan(12);
    const colors = await page.evaluate<string[]>(
      '(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))',
    );
    expect(colors).toEqual(
      colorScheme === 'light' ? ['rgb(27, 31, 36)', 'rgb(255, 255, 255)'] : ['rgb(231, 234, 238)', 'rgb(20, 23, 27)'],
    );
    expect(complaints).toEqual([]);
  }
}, 300_000);
