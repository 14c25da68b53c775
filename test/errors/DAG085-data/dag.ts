import { Dag } from 'dagwright';
import { bedrock, dynamodb, http, s3, stepFunctions } from 'dagwright/tasks';

// What Airflow's operators and AWS's calls name the fields, what is misspelt, and functions that are called otherwise.
const dag = new Dag('other_data');
const given = (fields: object) => fields as never;
dag.task('list', s3.list(given({ bucket_name: 'b', prefx: 'in/', delimiter: '/' })));
dag.task('copy', s3.copy(given({ source_bucket_key: 's3://b/x', dest_bucket_key: 's3://b/y' })));
dag.task('put', s3.put(given({ s3_key: 's3://b/x', data: 'x' })));
dag.task('delete', s3.delete(given({ bucket: 'b', key: 'x' })));
dag.task('item', dynamodb.put(given({ TableName: 't', Item: { id: { S: 'x' } } })));
dag.task('got', dynamodb.get(given({ table: 't', partition_key: { id: 'x' } })));
dag.task('export', dynamodb.exportTo(given({ dynamodb_table_name: 't', s3_bucket_name: 'b', file_size: 1000 })));
dag.task('http', http.call(given({ http_conn_id: 'bank', endpoint: 'https://x.ch', response_check: () => true })));
dag.task('run', stepFunctions.run(given({ state_machine_arn: 'm', state_machine_input: {}, deferrable: true })));
dag.task('ask', bedrock.invoke(given({ model_id: 'm', input_data: {}, guardrailIdentifier: 'g' })));
const other = (service: object, name: string) => (service as { [name: string]: (fields: never) => never })[name]!;
dag.task('a', other(s3, 'listObjectsV2')(given({})));
dag.task('b', other(dynamodb, 'putItem')(given({})));
dag.task('c', other(http, 'get')(given({})));
dag.task('d', other(stepFunctions, 'startExecution')(given({})));
dag.task('e', other(bedrock, 'invokeModel')(given({})));
dag.task('f', other(s3, 'headObject')(given({})));

export default dag;
