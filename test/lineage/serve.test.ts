import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type ExecutionStatus,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { fillText } from '../../asl/placeholders/index.ts';
import { machine, ROLE, startServer, until } from '../endpoint/support.ts';
import { smallProject } from '../local/pipeline.ts';
import { folderWith, repositoryPython } from '../local/support.ts';
import { ends, eventsIn, named, unfinished } from './events.ts';
import { lineageServer } from './server.ts';
import { faultsOf } from './spec.ts';

/** Executions that are started at `serve` with the AWS SDK. */
beforeAll(async () => {
  await repositoryPython();
}, 300_000);

type Started = Awaited<ReturnType<typeof startServer>>;
let server: Started | undefined;
afterEach(stop);

async function stop(): Promise<void> {
  const { stop: end } = server ?? {};
  server = undefined;
  await end?.();
}

async function create(sfn: SFNClient, name: string, definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD') {
  const made = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE, type }));
  return made.stateMachineArn as string;
}

async function ended(sfn: SFNClient, executionArn: string): Promise<ExecutionStatus> {
  for (;;) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return status!;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function execute(sfn: SFNClient, stateMachineArn: string, input: Json = {}): Promise<[string, ExecutionStatus]> {
  const started = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return [started.executionArn!, await ended(sfn, started.executionArn!)];
}

const put = (Key: string, more: { readonly [field: string]: Json } = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
  Arguments: { Bucket: 'my-lake', Key, Body: 'text' },
  ...more,
});
const jsonata = { QueryLanguage: 'JSONata' };

test('a DAG that is deployed there: two executions at a time, each a run whose tasks are the DAG’s', async () => {
  const project = await smallProject();
  server = await startServer({ project, lineage: 'events.jsonl' });
  const { sfn } = server;
  // As a deploy does: its scripts in the lake, its placeholders filled.
  const compiled = await readFile(join(project, 'dist/small/step_function.json'), 'utf8');
  const script = /\$\{assets\}\/([^"]+job\.py)/.exec(compiled)![1]!;
  const assets = join(project, '.dagwright/local/s3/my-assets', script);
  await mkdir(join(assets, '..'), { recursive: true });
  await writeFile(assets, await readFile(join(project, 'jobs/job.py')));
  const soon = compiled.replace('"IntervalSeconds":60', '"IntervalSeconds":1');
  const definition = fillText(soon, { lake: 'my-lake', role: ROLE, assets: 's3://my-assets' });
  const arn = await create(sfn, 'dev-small', definition);
  const input = (mode: string) => ({ params: { mode }, logical_date: '2026-01-01T00:00:00Z' });
  const ran = await Promise.all([execute(sfn, arn, input('work')), execute(sfn, arn, input('fail'))]);
  expect(ran.map(([, status]) => status)).toEqual(['SUCCEEDED', 'FAILED']);
  await stop();

  const all = await eventsIn(join(project, 'events.jsonl'));
  expect(all.flatMap(faultsOf)).toEqual([]);
  expect(unfinished(all)).toEqual([]);
  const files = await readdir(join(project, '.dagwright/serve/lineage'));
  const each = await Promise.all(files.map((file) => eventsIn(join(project, '.dagwright/serve/lineage', file))));
  expect(each.flat().map(text).sort()).toEqual(all.map(text).sort());
  for (const events of each) {
    const [dag] = events;
    expect(dag).toMatchObject({ eventType: 'START', job: { name: 'small' } });
    expect(dag!.run.facets!.nominalTime).toMatchObject({ nominalStartTime: '2026-01-01T00:00:00Z' });
    for (const { job, run } of events.slice(1))
      if (job.name !== 'small') expect(run.facets!.parent).toMatchObject({ run: { runId: dag!.run.runId } });
  }
  const [worked, failed] = each.map(ends).sort((a, b) => (text(a('small')) < text(b('small')) ? -1 : 1));
  expect([worked!('small').eventType, failed!('small').eventType]).toEqual(['COMPLETE', 'FAIL']);
  expect(named(worked!('small.after_job'))).toEqual({ reads: [], writes: ['s3://my-lake after.txt'] });
  expect(failed!('small.job')).toMatchObject({
    eventType: 'FAIL',
    run: { facets: { errorMessage: { message: expect.stringMatching(/the job cannot go on/) } } },
  });
  expect(() => failed!('small.after_job')).toThrow('small.after_job ended 0 times');
  for (const end of [worked!, failed!])
    expect(named(end('small.query'))).toEqual({
      reads: ['awsathena://athena.us-east-1.amazonaws.com AwsDataCatalog.db.t'],
      writes: ['s3://my-lake answers/query'],
    });
}, 60_000);

test('a machine that is no DAG, standard and Express: its Task states are the tasks', async () => {
  server = await startServer({ project: await folderWith(), lineage: 'events.jsonl' });
  const { sfn, folder } = server;
  const definition = machine(
    {
      Put: put('a.txt', { Next: 'All' }),
      All: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Copy', States: { Copy: copy('a.txt', 'b.txt') } },
          { StartAt: 'Other', States: { Other: put('c.txt') } },
        ],
        End: true,
      },
    },
    { Comment: 'Puts and copies', ...jsonata },
  );
  expect((await execute(sfn, await create(sfn, 'copies', definition)))[1]).toBe('SUCCEEDED');
  const express = await create(sfn, 'soon', machine({ Put: put('d.txt') }, jsonata), 'EXPRESS');
  const { status } = await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: express }));
  expect(status).toBe('SUCCEEDED');
  await stop();
  const events = await eventsIn(join(folder, 'events.jsonl'));
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(unfinished(events)).toEqual([]);
  const of = ends(events);
  expect(of('copies').job.facets!.documentation).toMatchObject({ description: 'Puts and copies' });
  expect(named(of('copies.Copy'))).toEqual({ reads: ['s3://my-lake a.txt'], writes: ['s3://my-lake b.txt'] });
  expect(named(of('copies.Other')).writes).toEqual(['s3://my-lake c.txt']);
  expect(named(of('soon.Put')).writes).toEqual(['s3://my-lake d.txt']);
  expect(events.some(({ job }) => job.name === 'copies.All')).toBe(false);
});

test('an execution that is stopped, and is redriven: a run of its own, of what is left', async () => {
  server = await startServer({ project: await folderWith(), lineage: 'events.jsonl' });
  const { sfn, folder } = server;
  const wait = { Type: 'Wait', Seconds: 3600, Next: 'Late' };
  const definition = machine({ Early: put('a.txt', { Next: 'Wait' }), Wait: wait, Late: put('b.txt') }, jsonata);
  const stateMachineArn = await create(sfn, 'waits', definition);
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  const file = join(folder, 'events.jsonl');
  const lines = async () => (await readFile(file, 'utf8')).trim().split('\n').length;
  await until(lines, (count) => count === 3);
  await sfn.send(new StopExecutionCommand({ executionArn }));
  await until(lines, (count) => count === 4);
  const first = await eventsIn(file);
  expect(first.map(({ eventType, job }) => `${eventType} ${job.name}`)).toEqual([
    'START waits',
    'START waits.Early',
    'COMPLETE waits.Early',
    'ABORT waits',
  ]);
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  await until(lines, (count) => count === 5);
  await stop();
  const events = await eventsIn(file);
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(events.slice(4).map(({ eventType, job }) => `${eventType} ${job.name}`)).toEqual([
    'START waits',
    'ABORT waits',
  ]);
  expect(events[4]!.run.runId).not.toBe(events[0]!.run.runId);
});

test('OpenLineage’s variables and dagwright.yaml ask for it too; a server that is not there delays and fails nothing', async () => {
  const taking = await lineageServer();
  const gone = await lineageServer();
  await gone.close();
  const said: string[] = [];
  const run = async (options: Parameters<typeof startServer>[0]) => {
    server = await startServer({ ...options, onStatus: (line) => said.push(line) });
    const arn = await create(server.sfn, 'puts', machine({ Put: put('a.txt') }, jsonata));
    expect((await execute(server.sfn, arn))[1]).toBe('SUCCEEDED');
    await stop();
  };
  const env = { ...process.env, OPENLINEAGE_URL: taking.url, OPENLINEAGE_API_KEY: 'k', OPENLINEAGE_NAMESPACE: 'team' };
  await run({ env });
  expect(taking.events().map(({ job }) => `${job.namespace} ${job.name}`)).toEqual(
    ['puts', 'puts.Put', 'puts.Put', 'puts'].map((name) => `team ${name}`),
  );
  expect(taking.requests[0]!.headers.authorization).toBe('Bearer k');
  await run({ env: { ...env, OPENLINEAGE_DISABLED: 'true' } });
  expect(taking.requests).toHaveLength(4);
  await taking.close();

  const project = await folderWith({ 'dagwright.yaml': `local:\n  lineage: ${gone.url}\n` });
  await run({ project });
  expect(said).toEqual([
    `RUN082 None of the 4 events of the lineage arrived at ${gone.url}/api/v1/lineage: nothing listens there (ECONNREFUSED).\n` +
      '  → All of them are in .dagwright/serve/lineage/1.jsonl, a line each: what a server is sent by POST.',
  ]);
  expect(await eventsIn(join(project, '.dagwright/serve/lineage/1.jsonl'))).toHaveLength(4);
});

test('where it cannot go is said before anything is served', async () => {
  await expect(startServer({ lineage: 'nowhere/events.jsonl' })).rejects.toMatchObject({
    diagnostics: [{ code: 'RUN080' }],
  });
  const project = await folderWith({ 'dagwright.yaml': 'local:\n  lineage: 5\n' });
  await expect(startServer({ project })).rejects.toMatchObject({ diagnostics: [{ code: 'RUN041' }] });
});

function copy(from: string, to: string): { readonly [field: string]: Json } {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:copyObject',
    Arguments: { Bucket: 'my-lake', Key: to, CopySource: `my-lake/${from}` },
    End: true,
  };
}

const text = (event: unknown) => JSON.stringify(event);
