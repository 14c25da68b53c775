import { Dag, env } from 'dagwright';
import { aws, glue } from 'dagwright/tasks';

// A field that is there under another name is not missing, too.
const dag = new Dag('instead', { env: { role: env.role() } });
const one = { service: 's3', action: 'listBuckets' } as const;
dag.task('buckets', aws({ ...one, params: {} } as never));
dag.task('again', aws({ ...one, Parameters: {} } as never));
dag.task('crawl', glue.crawl({ database: 'd', role: dag.env.role, paths: ['s3://b/'] } as never));
dag.taskGroup('checks', { tooltip: 'x' } as never);

export default dag;
