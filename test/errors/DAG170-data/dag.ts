import { Dag, env } from 'dagwright';
import { bedrock, dynamodb, http, s3 } from 'dagwright/tasks';

const dag = new Dag('together', { env: { lake: env.bucket(), bank: env.string() } });
const { lake: bucket, bank: connection } = dag.env;
const day = `s3://${bucket}/in/${dag.logicalDate}.csv`;
// Onto itself, also where only a run knows the key; keys or a prefix, and not both or none.
dag.task('a', s3.copy({ from: 's3://b/x', to: 's3://b/x' }));
dag.task('b', s3.copy({ from: day, to: `s3://${bucket}/in/${dag.logicalDate}.csv` }));
dag.task('c', s3.delete({ bucket, keys: 'x', prefix: 'tmp/' }));
dag.task('d', s3.delete({ bucket }));
// A question to a model, a request with a body, a condition.
dag.task('e', bedrock.invoke({ model: 'm' }));
dag.task('f', bedrock.invoke({ model: 'm', body: {}, input: 's3://b/x.json' }));
dag.task('g', http.call({ connection, url: 'https://x.ch', method: 'GET', body: {} }));
dag.task('h', http.call({ connection, url: 'https://x.ch', form: true }));
dag.task('i', dynamodb.put({ table: 't', item: { id: 'a' }, values: { ':x': 1 }, names: { '#x': 'x' } }));
const incremental = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
dag.task('j', dynamodb.exportTo({ table: 't', to: 's3://b/', at: '2026-01-01T00:00:00Z', incremental }));

export default dag;
