import { expect } from '@jest/globals';
import type { Dataset, RunEvent } from '../../engines/lineage/event.ts';
import { columns, ends, named, unfinished } from './events.ts';
import { faultsOf } from './spec.ts';

/** The events with which Spark's actions ended that wrote something, by what they wrote. */
export function written(events: readonly RunEvent[]): Map<string, RunEvent> {
  const ended = events.filter(({ eventType, outputs = [], job }) => {
    return eventType === 'COMPLETE' && outputs.length > 0 && job.name.startsWith('films_rate_spark.');
  });
  return new Map(ended.map((event) => [event.outputs![0]!.name, event]));
}

const schema = ({ facets }: Dataset) =>
  (facets!.schema as unknown as { fields: { name: string; type: string }[] }).fields.map(
    ({ name, type }) => `${name} ${type}`,
  );

/** What a run of the DAG films read and wrote, from the files to the page, and which column came from which: wherever it ran. */
export function expectFilms(events: readonly RunEvent[]): void {
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
}
