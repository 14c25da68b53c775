import { Dag, env } from 'dagwright';
import { glue } from 'dagwright/tasks';

/** Two calls of the crawl are given the database. */
const dag = new Dag('crawls', { env: { lake: env.bucket(), role: env.role() } });
dag.task('crawl', glue.crawl({ database: '{{ params.db }}', role: dag.env.role, path: `s3://${dag.env.lake}/gold/` }));

export default dag;
