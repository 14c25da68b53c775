import { expect } from '@jest/globals';
import type { RunEvent } from '../../engines/lineage/event.ts';
import { columns, ends, eventsIn, named, unfinished } from './events.ts';
import { faultsOf } from './spec.ts';

const LAKE = 's3://datalake-desafio-1';
/** Of several files in one folder the listener names the folder; where columns come from it says by the file. */
const RATINGS = [1, 2, 3, 4].map((n) => `bronze/netflix/combined_data_${n}.txt`);
const REVIEWS = ['Digital_Video_Download', 'Video_DVD', 'Video'].map(
  (category) => `bronze/amazon/amazon_reviews_us_${category}_v1_00.tsv`,
);
const SILVER = ['amazon_final', 'netflix_movie_title', 'processed_netflix'].map((name) => `silver/tables/${name}`);

/** What each table of the reference pipeline is made of, by the task that writes it. */
const TABLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  silver_amazon: { 'silver/tables/amazon_final': ['bronze/amazon'] },
  silver_netflix: {
    'silver/tables/processed_netflix': ['bronze/netflix'],
    'silver/tables/netflix_movie_title': ['bronze/netflix/movie_titles.csv'],
  },
  gold: {
    'gold/tables/ratings': SILVER,
    'gold/tables/customer': ['gold/tables/ratings'],
    'gold/tables/movies': ['gold/tables/ratings'],
  },
};

/** The actions of a task's Spark job that wrote tables. */
function actions(events: readonly RunEvent[], task: string): Map<string, RunEvent> {
  const of = events.filter(
    ({ eventType, job, outputs = [] }) =>
      eventType === 'COMPLETE' && outputs.length > 0 && job.name.startsWith(`datalake_${task}_spark.`),
  );
  return new Map(of.map((event) => [event.outputs![0]!.name, event]));
}

/** Holds the events of a run of the reference pipeline against what its tasks read and write. */
export async function lineageOfDatalake(file: string, questions: readonly string[]): Promise<void> {
  const events = await eventsIn(file);
  expect(events.flatMap(faultsOf)).toEqual([]);
  expect(unfinished(events)).toEqual([]);
  for (const [task, tables] of Object.entries(TABLES)) {
    const wrote = actions(events, task);
    expect([task, [...wrote.keys()].sort()]).toEqual([task, Object.keys(tables).sort()]);
    for (const [table, from] of Object.entries(tables)) {
      const { reads } = named(wrote.get(table)!);
      expect([table, reads]).toEqual([table, from.map((name) => `${LAKE} ${name}`).sort()]);
    }
  }
  const from = (task: string, table: string, column: string) =>
    columns(actions(events, task).get(table)!).filter((line) => line.startsWith(`${column} <- `));
  expect(from('silver_amazon', 'silver/tables/amazon_final', 'ranking')).toEqual(
    REVIEWS.map((file) => `ranking <- ${file} value`),
  );
  expect(from('silver_netflix', 'silver/tables/processed_netflix', 'ranking')).toEqual(
    RATINGS.map((file) => `ranking <- ${file} value`),
  );
  const gold = actions(events, 'gold');
  expect(columns(gold.get('gold/tables/customer')!)).toEqual([
    'id <- gold/tables/ratings customer_id',
    'source <- gold/tables/ratings source',
  ]);
  expect(from('gold', 'gold/tables/ratings', 'title')).toEqual([
    'title <- silver/tables/amazon_final title',
    'title <- silver/tables/netflix_movie_title title',
  ]);

  const of = ends(events);
  expect(named(of('datalake.crawl_gold'))).toEqual({
    reads: ['customer', 'movies', 'ratings'].map((name) => `${LAKE} gold/tables/${name}`),
    writes: ['customer', 'movies', 'ratings'].map(
      (name) => `arn:aws:glue:us-east-1:123456789012 table/desafio/${name}`,
    ),
  });
  for (const question of questions)
    expect(named(of(`datalake.${question}`))).toEqual({
      reads: ['awsathena://athena.us-east-1.amazonaws.com AwsDataCatalog.desafio.ratings'],
      writes: [`${LAKE} consultas/${question}`],
    });
  expect(named(of('datalake.report'))).toEqual({
    reads: questions.map((question) => `${LAKE} consultas/${question}`).sort(),
    writes: ['email_cliente.docx', 'report.html'].map((name) => `${LAKE} consultas/${name}`),
  });
}
