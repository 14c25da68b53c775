import { Dag, env } from 'dagwright';
import { bedrock, dynamodb, glue, http, s3, stepFunctions } from 'dagwright/tasks';

const dag = new Dag('data', { env: { lake: env.bucket(), drafts: env.string(), bank: env.string() } });
const { lake: bucket, bank: connection } = dag.env;
// Folders are no objects; an empty list, and a prefix that a run may leave empty, which would empty the bucket.
dag.task('a', s3.copy({ from: 's3://b/in/', to: 's3://b/x' }));
dag.task('b', s3.put({ to: 's3://b', body: {} }));
dag.task('c', s3.put({ to: 's3://b/x', body: 'a text' }));
dag.task('d', s3.delete({ bucket, keys: [] }));
dag.task('e', s3.delete({ bucket, prefix: '' }));
dag.task('f', s3.delete({ bucket, prefix: dag.env.drafts }));
dag.task('g', s3.delete({ bucket, prefix: `${dag.logicalDate}/tmp/` }));
dag.task('h', s3.list({ bucket, maxKeys: 5000 }));
dag.task('i', s3.list({ bucket: '', prefix: 'in/' }));
// Items of plain values, keys of texts and numbers.
dag.task(
  'j',
  dynamodb.put({ table: 't', item: { id: 'a', at: new Date(0) as never, n: Number.NaN, u: () => 1 } as never }),
);
dag.task('k', dynamodb.put({ table: 't', item: {} }));
dag.task('l', dynamodb.get({ table: 't', key: { id: { S: 'a' } } }));
dag.task('m', dynamodb.exportTo({ table: 't', to: 'exports/', format: 'CSV' as never }));
dag.task('n', http.call({ connection: 'bank', url: 'https://x.ch/' }));
dag.task('o', http.call({ connection, url: 'http://x.ch/a?day=1', method: 'get' as never }));
dag.task('p', stepFunctions.run({ machine: 'arn:aws:lambda:eu-west-1:111122223333:function:f', input: 'x' }));
dag.task('q', bedrock.invoke({ model: 'm', input: 's3://b/questions/', body: 'Hello' as never }));
// A path for a bucket, and items as DynamoDB's own calls have them.
dag.task('r', s3.list({ bucket: `s3://${bucket}`, prefix: 'in/' }));
dag.task('s', s3.delete({ bucket: 'lake/in', keys: 'x' }));
dag.task('t', dynamodb.put({ table: 't', item: { id: { S: dag.logicalDate }, tags: { SS: ['a'] }, own: { S: 1 } } }));
dag.task('u', glue.crawl({ database: 'd', role: 'arn:aws:iam::999988887777:user/bob', path: 's3://b/x/' }));

export default dag;
