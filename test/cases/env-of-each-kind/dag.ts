import { Dag, env } from 'dagwright';
import { aws, glue } from 'dagwright/tasks';

/** A bucket, a role and texts: what differs between environments is filled in when the DAG is deployed. */
const dag = new Dag('env-of-each-kind', {
  schedule: '@weekly',
  env: {
    lake: env.bucket({ description: 'Holds the tables' }),
    role: env.role({ description: 'What the crawler assumes' }),
    database: env.string(),
    topic: env.string({ description: 'Where it is announced' }),
  },
});
const { lake, role, database, topic } = dag.env;
const crawl = dag.task(
  'crawl',
  glue.crawl({ database, role, path: `s3://${lake}/tables/`, name: `${database}-weekly` }),
  {
    executionTimeout: '1h',
  },
);
dag
  .task(
    'announce',
    aws({ service: 'sns', action: 'publish', parameters: { TopicArn: topic, Message: `${database} is up to date` } }),
  )
  .after(crawl);

export default dag;
