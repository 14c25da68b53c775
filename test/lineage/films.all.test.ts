import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { type RunOptions, runLocally } from '../../local/run.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import type { RunReport } from '../../report/report.ts';
import { until, writeFiles } from '../local/support.ts';
import { ends, eventsIn, unfinished } from './events.ts';
import { filmsProject } from './films.ts';
import { expectFilms, written } from './films-events.ts';
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

test('what a run read and wrote, from the files to the page, and which column came from which', async () => {
  const { ran, events: all, said } = await run();
  succeeded(await ran, said());
  const events = await all();
  expectFilms(events);
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
