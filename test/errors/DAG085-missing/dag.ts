import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** A field that nobody knows beside one that is missing: the one was meant for the other. */
const dag = new Dag('missing', { env: { lake: env.bucket() } });
const ask = athena.query as (fields: object) => ReturnType<typeof athena.query>;
const call = aws as (fields: object) => ReturnType<typeof aws>;
dag.task('ask', ask({ query: 'SELECT 1', database: 'gold', results: `s3://${dag.env.lake}/answers/` }));
dag.task('land', ask({ sql: 'SELECT 1', database: 'gold', output_location: `s3://${dag.env.lake}/answers/` }));
dag.task('tell', call({ service: 'sns', action: 'publish', arguments: { TopicArn: 't', Message: 'm' } }));
// Placed by no task: that it is at fault is enough.
call({ service: 'sns', action: 'publis', parameters: {} });

export default dag;
