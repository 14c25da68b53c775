import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Dataset, RunEvent } from '../../engines/lineage/event.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { type RunOptions, runLocally } from '../../local/run.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import type { RunReport } from '../../report/report.ts';
import { until, writeFiles } from '../local/support.ts';
import { columns, ends, eventsIn, named, unfinished } from './events.ts';
import { filmsProject } from './films.ts';
import { faultsOf } from './spec.ts';

/** A DAG with a Spark job, which OpenLineage's own listener tells of, a crawl, a query and a Python job. */
async function run(more: Partial<RunOptions> & { readonly mode?: string } = {}) {
  const { mode = 'work', ...options } = more;
  const project = await filmsProject();
  await writeFiles(project, { 'input.json': JSON.stringify({ params: { mode } }) });
  let progress = '';
  const ran = runLocally({
    dag: 'films',
    project,
    dist: join(project, 'dist'),
    mounts: [],
    env: process.env,
    progress: new PlainProgress((text) => {
      progress += text;
    }),
    groups: new ProcessGroups(),
    signal: new AbortController().signal,
    input: join(project, 'input.json'),
    lineage: 'events.jsonl',
    ...options,
  });
  const events = () => eventsIn(join(project, 'events.jsonl'));
  return { project, ran, events, said: () => progress };
}

const succeeded = ({ status }: RunReport, said: string) =>
  expect([status, said]).toEqual(['SUCCEEDED', expect.anything()]);

/** The events with which Spark's actions ended that wrote something, by what they wrote. */
function written(events: readonly RunEvent[]): Map<string, RunEvent> {
  const ended = events.filter(({ eventType, outputs = [], job }) => {
    return eventType === 'COMPLETE' && outputs.length > 0 && job.name.startsWith('films_rate_spark.');
  });
  return new Map(ended.map((event) => [event.outputs![0]!.name, event]));
}

const schema = ({ facets }: Dataset) =>
  (facets!.schema as unknown as { fields: { name: string; type: string }[] }).fields.map(
    ({ name, type }) => `${name} ${type}`,
  );

test('what a run read and wrote, from the files to the page, and which column came from which', async () => {
  const { ran, events: all, said } = await run();
  succeeded(await ran, said());
  const events = await all();
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(unfinished(events)).toEqual([]);

  const actions = written(events);
  expect([...actions.values()].map(named)).toEqual([
    { reads: ['s3://my-lake raw/films.csv', 's3://my-lake raw/stars.csv'], writes: ['s3://my-lake silver/rated'] },
    { reads: ['s3://my-lake silver/rated'], writes: ['s3://my-lake gold/tables/means'] },
  ]);
  const rated = actions.get('silver/rated')!;
  expect(schema(rated.outputs![0]!)).toEqual(['id string', 'title string', 'stars integer']);
  expect(columns(rated)).toEqual([
    'id <- raw/films.csv id',
    'stars <- raw/stars.csv stars',
    'title <- raw/films.csv title',
  ]);
  expect(columns(actions.get('gold/tables/means')!)).toEqual([
    'mean <- silver/rated stars',
    'title <- silver/rated title',
  ]);

  const of = ends(events);
  const table = { namespace: 'arn:aws:glue:us-east-1:123456789012', name: 'table/films/means' };
  expect(named(of('films.crawl'))).toEqual({
    reads: ['s3://my-lake gold/tables/means'],
    writes: [`${table.namespace} ${table.name}`],
  });
  expect(schema(of('films.crawl').outputs![0]!)).toEqual(['title string', 'mean double']);
  expect(named(of('films.best'))).toEqual({
    reads: ['awsathena://athena.us-east-1.amazonaws.com AwsDataCatalog.films.means'],
    writes: ['s3://my-lake answers/best'],
  });
  expect(of('films.best').inputs![0]!.facets!.symlinks).toMatchObject({ identifiers: [table] });
  expect(named(of('films.page'))).toEqual({ reads: ['s3://my-lake answers/best'], writes: ['s3://my-lake page.html'] });

  // An action's parent is Spark's application, whose is the task, whose is the DAG.
  const parent = ({ run: { facets } }: RunEvent) =>
    facets!.parent as unknown as { run: object; job: object; root: { run: object; job: object } };
  const application = of('films_rate_spark');
  const chain = [rated, application, of('films.rate'), of('films')];
  for (const [i, event] of chain.slice(0, -1).entries())
    expect(parent(event)).toMatchObject({
      run: { runId: chain[i + 1]!.run.runId },
      job: { name: chain[i + 1]!.job.name },
      root: { run: { runId: chain[3]!.run.runId }, job: { name: 'films' } },
    });
}, 300_000);

describe('a Spark job', () => {
  test('that fails: what it wrote until then, and its end', async () => {
    const { ran, events: all } = await run({ mode: 'fail' });
    expect((await ran).status).toBe('FAILED');
    const events = await all();
    expect(events.flatMap(faultsOf)).toEqual([]);
    expect(unfinished(events)).toEqual([]);
    expect([...written(events).keys()]).toEqual(['silver/rated']);
    const of = ends(events);
    expect(['films', 'films.rate', 'films_rate_spark'].map((job) => of(job).eventType)).toEqual([
      'FAIL',
      'FAIL',
      'FAIL',
    ]);
    expect(of('films.rate').run.facets!.errorMessage).toMatchObject({
      message: expect.stringContaining('"Message":"there are no good films"'),
    });
  });

  test('that is stopped', async () => {
    const stop = new AbortController();
    const { project, ran, events: all } = await run({ mode: 'wait', signal: stop.signal });
    await until(() =>
      readFile(join(project, '.dagwright/local/s3/my-lake/waits/_SUCCESS')).then(
        () => true,
        () => false,
      ),
    );
    stop.abort();
    expect((await ran).status).toBe('ABORTED');
    const events = await all();
    expect(events.flatMap(faultsOf)).toEqual([]);
    expect(unfinished(events)).toEqual([]);
    const of = ends(events);
    expect(['films', 'films.rate', 'films_rate_spark'].map((job) => of(job).eventType)).toEqual([
      'ABORT',
      'ABORT',
      'ABORT',
    ]);
  });
});
