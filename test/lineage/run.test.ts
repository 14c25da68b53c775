import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { type RunOptions, runLocally } from '../../local/run.ts';
import { textReport } from '../../report/text-report.ts';
import { runOptions, smallProject } from '../local/pipeline.ts';
import { repositoryPython, until, writeFiles } from '../local/support.ts';
import { ends, eventsIn, named } from './events.ts';
import { lineageServer } from './server.ts';
import { faultsOf } from './spec.ts';

/** Runs of a DAG without Spark: a Python job, a query, an object that is put, a cluster. */
beforeAll(async () => {
  await repositoryPython();
}, 300_000);

function run(project: string, lineage: string | undefined, more: Partial<RunOptions> = {}) {
  return runLocally({ ...runOptions(project), ...(lineage !== undefined && { lineage }), ...more });
}

const READING = `
import os, sys
root = os.path.join(os.environ["DAGWRIGHT_S3_ROOT"], "my-lake")
rows = open(os.path.join(root, "raw/rows.csv")).read()
os.makedirs(os.path.join(root, "out"), exist_ok=True)
draft = os.path.join(root, "out/rows.txt.tmp")
open(draft, "w").write(rows)
os.replace(draft, os.path.join(root, "out/rows.txt"))
open(os.path.join(root, "out/rows.txt")).read()
`;

test('a run: what each task read and wrote, each a child of the DAG’s run', async () => {
  const project = await smallProject({}, READING);
  await writeFiles(project, {
    '.dagwright/local/s3/my-lake/raw/rows.csv': 'a\n1\n',
    'input.json': '{"params": {}, "logical_date": "2026-01-01T00:00:00Z"}',
  });
  const { lineage, folder } = await run(project, 'events.jsonl', { input: join(project, 'input.json') });
  const events = await eventsIn(join(project, 'events.jsonl'));
  expect(lineage).toEqual({
    events: 12,
    file: join(folder, 'lineage.jsonl'),
    to: 'events.jsonl',
  });
  expect(await eventsIn(join(project, lineage!.file))).toEqual(events);
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`).sort()).toEqual(
    ['small', 'small.cluster', 'small.job', 'small.after_job', 'small.query', 'small.terminate_cluster']
      .flatMap((name) => [`START ${name}`, `COMPLETE ${name}`])
      .sort(),
  );
  expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`).at(0)).toBe('START small');
  expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`).at(-1)).toBe('COMPLETE small');

  const [dag] = events;
  expect(dag!.run.facets!.nominalTime).toMatchObject({ nominalStartTime: '2026-01-01T00:00:00Z' });
  const root = { run: { runId: dag!.run.runId }, job: { namespace: 'default', name: 'small' } };
  for (const { job, run } of events.filter((event) => event.job.name !== 'small')) {
    expect([job.name, run.facets!.parent]).toMatchObject([job.name, { ...root, root }]);
    expect(run.runId).not.toBe(dag!.run.runId);
  }
  const of = ends(events);
  expect(named(of('small.job'))).toEqual({
    reads: ['s3://my-lake raw/rows.csv'],
    writes: ['s3://my-lake out/rows.txt'],
  });
  expect(named(of('small.query'))).toEqual({
    reads: ['awsathena://athena.us-east-1.amazonaws.com AwsDataCatalog.db.t'],
    writes: ['s3://my-lake answers/query'],
  });
  expect(of('small.query').inputs![0]!.facets).toMatchObject({
    schema: { fields: [{ name: 'n', type: 'int' }] },
    symlinks: {
      identifiers: [{ namespace: 'arn:aws:glue:us-east-1:123456789012', name: 'table/db/t', type: 'TABLE' }],
    },
  });
  expect(of('small.query').job.facets).toMatchObject({
    sql: { query: '-- How many are there?\nSELECT count(*) AS n FROM t', dialect: 'athena' },
    documentation: { description: 'How many rows are there?' },
    jobType: { processingType: 'BATCH', integration: 'DAGWRIGHT', jobType: 'TASK' },
  });
  expect(named(of('small.after_job'))).toEqual({ reads: [], writes: ['s3://my-lake after.txt'] });
  expect(named(of('small.cluster'))).toEqual({ reads: [], writes: [] });
});

test('a task that fails, and what never ran because of it', async () => {
  const project = await smallProject();
  await writeFiles(project, { 'input.json': '{"params": {"mode": "fail"}}' });
  await run(project, 'events.jsonl', { input: join(project, 'input.json') });
  const events = await eventsIn(join(project, 'events.jsonl'));
  expect(events.flatMap(faultsOf)).toEqual([]);
  const of = ends(events);
  expect(of('small.job')).toMatchObject({
    eventType: 'FAIL',
    run: {
      facets: { errorMessage: { message: expect.stringMatching(/^States\.TaskFailed: .*the job cannot go on/s) } },
    },
  });
  expect(of('small').eventType).toBe('FAIL');
  expect(of('small').run.facets!.errorMessage).toMatchObject({ programmingLanguage: 'Amazon States Language' });
  expect(of('small.query').eventType).toBe('COMPLETE');
  expect(events.some(({ job }) => job.name === 'small.after_job')).toBe(false);
});

test('a run that is stopped', async () => {
  const project = await smallProject();
  await writeFiles(project, { 'input.json': '{"params": {"mode": "sleep"}}' });
  const stop = new AbortController();
  const ran = run(project, 'events.jsonl', { input: join(project, 'input.json'), signal: stop.signal });
  await until(() =>
    readFile(join(project, '.dagwright/local/s3/my-lake/pid')).then(
      () => true,
      () => false,
    ),
  );
  stop.abort();
  expect((await ran).status).toBe('ABORTED');
  const events = await eventsIn(join(project, 'events.jsonl'));
  expect(events.flatMap(faultsOf)).toEqual([]);
  const of = ends(events);
  expect([of('small').eventType, of('small.job').eventType]).toEqual(['ABORT', 'ABORT']);
});

/** Looks for the key, and for itself, on the command lines of all processes. */
const LOOKING = `
import glob, os
lines = []
for file in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        lines.append(open(file, "rb").read())
    except OSError:
        pass
key = os.environ["LOOK_FOR"].encode()
found = ["key" for line in lines if key in line] + ["itself" for line in lines if b"job.py" in line][:1]
open(os.path.join(os.environ["DAGWRIGHT_S3_ROOT"], "my-lake", "found.txt"), "w").write(" ".join(found))
`;

test('a server is sent the same events as the run goes on, with a key that no process shows', async () => {
  const project = await smallProject({}, LOOKING);
  const server = await lineageServer();
  const key = `k${process.pid}-3f9a1c`;
  const env = {
    ...process.env,
    OPENLINEAGE_URL: server.url,
    OPENLINEAGE_API_KEY: key,
    OPENLINEAGE_NAMESPACE: 'team',
    LOOK_FOR: key,
  };
  const { lineage, status } = await run(project, undefined, { env });
  await server.close();
  expect([status, lineage]).toMatchObject(['SUCCEEDED', { events: 12, to: `${server.url}/api/v1/lineage` }]);
  expect(lineage!.failed).toBeUndefined();
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(12).fill(`Bearer ${key}`));
  expect(server.events()).toEqual(await eventsIn(join(project, lineage!.file)));
  expect(new Set(server.events().map(({ job }) => job.namespace))).toEqual(new Set(['team']));
  expect(await readFile(join(project, '.dagwright/local/s3/my-lake/found.txt'), 'utf8')).toBe('itself');
  expect(await readFile(join(project, lineage!.file), 'utf8')).not.toContain(key);
}, 60_000);

test('a server that is not there does not fail the run, which says so once', async () => {
  const project = await smallProject();
  const server = await lineageServer();
  await server.close();
  const report = await run(project, server.url);
  expect(report.status).toBe('SUCCEEDED');
  expect(report.lineage!.failed).toEqual({ events: 12, why: 'nothing listens there (ECONNREFUSED)' });
  const said = textReport(report, createColors(false))
    .split('\n')
    .filter((line) => line.includes('lineage'));
  expect(said).toEqual([
    `! None of the 12 events of the lineage arrived at ${server.url}/api/v1/lineage: nothing listens there (ECONNREFUSED).`,
    `  → All of them are in ${report.lineage!.file}, a line each: what a server is sent by POST.`,
  ]);
  expect(await eventsIn(join(project, report.lineage!.file))).toHaveLength(12);
});
