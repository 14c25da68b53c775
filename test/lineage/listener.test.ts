import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { TaskCall } from '../../asl/interpret/options.ts';
import { parentFacet, type RunEvent, SCHEMA_URL } from '../../engines/lineage/event.ts';
import { Lineage } from '../../engines/lineage/lineage.ts';
import { SparkLineage } from '../../engines/lineage/spark-listener.ts';
import { folderWith, repositoryPython } from '../local/support.ts';
import { faultsOf } from './spec.ts';

let sparkHome: string;
beforeAll(async () => {
  sparkHome = (await repositoryPython()).sparkHome!;
}, 300_000);

const lineage = new Lineage({
  namespace: 'n',
  dag: 'd',
  tasks: [{ id: 't', states: ['t', 't: job'] }],
  send: () => {},
});

/** How Spark is started for a job with these settings and other arguments. */
async function started(own: readonly string[], args: readonly string[] = []) {
  lineage.start('t', 0);
  // Spark keeps what it fetches in a folder in which the listener is: no job waits for another.
  const jar = 'jars/io.openlineage_openlineage-spark_2.12-1.53.0.jar';
  const ivy = await folderWith({ [jar]: '' });
  const job = SparkLineage.of({ lineage: () => lineage }, callOf('t: job'), '/work')!;
  const { settings, packages, env } = await job.listener([...own, `spark.jars.ivy=${ivy}`], args, sparkHome);
  return {
    settings: new Map(settings.map((one) => one.split(/=(.*)/s).slice(0, 2) as [string, string])),
    packages,
    env,
  };
}
const callOf = (state: string) => ({ state }) as TaskCall;
const LISTENER = 'io.openlineage.spark.agent.OpenLineageSparkListener';

test('a job gets the listener for its Spark, with the task for a parent and a file of its own', async () => {
  const { settings, packages } = await started([]);
  expect(packages).toEqual(['io.openlineage:openlineage-spark_2.12:1.53.0']);
  expect(settings.get('spark.extraListeners')).toBe(LISTENER);
  expect(settings.get('spark.openlineage.transport.location')).toBe(join('/work', 'lineage.jsonl'));
  expect(settings.get('spark.openlineage.parentJobName')).toBe('d.t');
  expect(settings.get('spark.openlineage.parentRunId')).toBe(lineage.runOf({ state: 't' })!.runId);
  expect(settings.get('spark.openlineage.rootParentRunId')).toBe(lineage.root.runId);
});

test.each([
  ['spark.jars.packages=a:b:1,io.openlineage:openlineage-spark_2.12:1.40.1', []],
  ['spark.jars=s3://artifacts/openlineage-spark_2.12-1.40.1.jar', []],
  ['a.b=c', ['--packages', 'io.openlineage:openlineage-spark_2.12:1.40.1']],
])('a job that brings the listener keeps its version: %s', async (setting, args) => {
  const { settings, packages } = await started([setting, `spark.extraListeners=com.acme.Mine,${LISTENER}`], args);
  expect(packages).toEqual([]);
  expect(settings.get('spark.extraListeners')).toBe(`com.acme.Mine,${LISTENER}`);
});

test('variables that would tell the listener otherwise are not passed on to it', async () => {
  const { env } = await started([]);
  const given = {
    PATH: '/bin',
    OPENLINEAGE_DISABLED: 'true',
    OPENLINEAGE__TRANSPORT__TYPE: 'console',
    OPENLINEAGE_URL: 'http://h',
  };
  expect({ ...given, ...env(given) }).toEqual({ PATH: '/bin', OPENLINEAGE_URL: 'http://h' });
});

test.each([
  ['completed', 'COMPLETE'],
  ['failed', 'FAIL'],
  ['cancelled', 'ABORT'],
] as const)('a job that is %s: each run of its events begins and ends', async (end, type) => {
  const sent: RunEvent[] = [];
  const tasks = [{ id: 't', states: ['t'] }];
  const own = new Lineage({ namespace: 'n', dag: 'd', tasks, send: (event) => sent.push(event) });
  own.start('t', 0);
  const runId = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  const lines = [
    [1, 'START'],
    [2, 'COMPLETE'],
    [3, 'RUNNING'],
    [4, 'START'],
    [4, 'COMPLETE'],
  ] as const;
  const written = lines.map(([n, eventType]) => ({
    eventType,
    eventTime: '2026-01-01T00:00:00Z',
    run: { runId: runId(n), facets: { parent: parentFacet(own.root, own.root) } },
    job: { namespace: 'n', name: `spark ${n}` },
    producer: 'https://example.com',
    schemaURL: SCHEMA_URL,
  }));
  const work = await folderWith({
    'lineage.jsonl': `${written.map((event) => JSON.stringify(event)).join('\n')}\n{"eventType": "COMP`,
  });
  await SparkLineage.of({ lineage: () => own }, callOf('t'), work)!.collect(end);
  const events = sent.slice(1);
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(events.map((event) => `${event.job.name.at(-1)} ${event.eventType}`)).toEqual([
    '1 START',
    '2 START',
    '2 COMPLETE',
    '3 START',
    '3 RUNNING',
    '4 START',
    '4 COMPLETE',
    `3 ${type}`,
    `1 ${type}`,
  ]);
  expect(events.map(({ run }) => run.facets!.parent)).toEqual(events.map(() => written[0]!.run.facets.parent));
});

test('a call that is no task’s has none', () => {
  expect(SparkLineage.of({ lineage: () => lineage }, callOf('other'), '/work')).toBeUndefined();
  expect(SparkLineage.of({}, callOf('t'), '/work')).toBeUndefined();
});
