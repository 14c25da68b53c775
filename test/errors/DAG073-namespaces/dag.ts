import { Dag, env, param } from 'dagwright';
import { athena, aws, emr, glue } from 'dagwright/tasks';

// biome-ignore lint/suspicious/noExplicitAny: what somebody writes without types
const any = { athena, aws, emr, env, glue, param } as Record<string, any>;

const dag = new Dag('namespaces', {
  env: { token: any.env.secret(), day: any.env.variable({ description: 'Which day' }) },
  params: { ids: any.param.list({ default: [] }), size: any.param.strng() },
});
const load = dag.task('load', any.glue.etl({ name: 'load' }));
dag.task('read', any.glue.getTables({ DatabaseName: 'sales' })).after(load);
dag.task('query', any.athena.sql('SELECT 1'), { retries: 2 }).after(load);
dag.task('step', any.emr.steps([]));
dag.task('call', any.aws.dynamodb.getItem({ TableName: 'sales' }));

export default dag;
