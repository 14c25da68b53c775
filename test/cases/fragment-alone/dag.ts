import { Dag, env } from 'dagwright';
import { glue } from 'dagwright/tasks';

/** A task of several states that neither retries nor is caught: they stand in the machine as they are. */
const dag = new Dag('fragment-alone', { env: { role: env.role() } });
dag.task('crawl', glue.crawl({ database: 'd', role: dag.env.role, path: 's3://b/tables/' }));

export default dag;
