import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { parseCsv } from '../../engines/csv.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { runLocally } from '../../local/run.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import { folderWith, REPOSITORY, repositoryPython } from './support.ts';

const execute = promisify(execFile);

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

test('the reference pipeline on this machine, from dist/ alone, over a mounted folder: twelve right answers and two documents', async () => {
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
  const report = await runLocally({
    dag: 'datalake',
    project,
    dist: join(project, 'dist'),
    mounts: [`s3://datalake-desafio-1/bronze=${bronze}`],
    env: { ...process.env, SPARK_SUBMIT_OPTS: small },
    progress: new PlainProgress((text) => {
      progress += text;
    }),
    groups: new ProcessGroups(),
    signal: new AbortController().signal,
  });
  expect([report.status, progress]).toEqual(['SUCCEEDED', expect.any(String)]);
  expect(report.tasks.filter(({ state }) => state !== 'success')).toEqual([]);

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
}, 300_000);
