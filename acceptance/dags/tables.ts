import { Dag, env } from 'dagwright';
import { athena, glue } from 'dagwright/tasks';

/** Three small files: crawled, queried, reported on. */
const dag = new Dag('tables', {
  schedule: '@daily',
  env: { lake: env.bucket(), database: env.string(), crawlerRole: env.role(), reportRole: env.role() },
  defaultArgs: { executionTimeout: '20m' },
});
const { lake, database, crawlerRole, reportRole } = dag.env;

const crawl = dag.task('crawl', glue.crawl({ database, role: crawlerRole, path: `s3://${lake}/tables/` }));
const query = dag
  .task(
    'query',
    athena.query({
      sql: 'SELECT source, count(*) AS n, sum(stars) AS stars FROM ratings GROUP BY source ORDER BY source',
      database,
      results: `s3://${lake}/answers/`,
      reads: [`s3://${lake}/tables/`],
    }),
  )
  .after(crawl);
dag.task('report', glue.pythonShell({ script: 'scripts/report.py', role: reportRole, args: { lake } })).after(query);

export default dag;
