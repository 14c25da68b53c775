import { Dag, expr, verbatim } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('jinja');
const texts = {
  ds: 's3://lake/dt={{ ds }}/',
  ds_nodash: '{{ds_nodash}}',
  logical_date: '{{ logical_date.strftime("%Y") }}',
  next: '{{ macros.ds_add(ds, 1) }}',
  params: 'of {{ params.day }} and {{ params["limit"] }}',
  conf: '{{ dag_run.conf["day"] }}',
  pulled: "{{ ti.xcom_pull(task_ids='extract', key='rows') }}",
  instance: '{{ task_instance.xcom_pull("extract") }}',
  variable: '{{ var.value.bucket }}',
  json: '{{ var.json.settings.bucket }}',
  connection: '{{ conn.redshift.host }}',
  run: '{{ run_id }}',
  dag_id: '{{ dag.dag_id }}.{{ task.task_id }}',
};
for (const [id, text] of Object.entries(texts)) dag.task(id, say(text));
dag.task('sql', athena.query({ sql: "SELECT * FROM t WHERE day = '{{ ds }}'", database: 'd', results: 's3://b/r/' }));
dag.task(
  'nested',
  aws({
    service: 'sns',
    action: 'publish',
    parameters: {
      TopicArn: 'arn',
      Message: 'm',
      MessageAttributes: { day: { DataType: 'String', StringValue: '{{ ds }}' } },
    },
  }),
);
dag.task('expr', say(expr(() => `day {{ ds }} of ${dag.logicalDate}`)));
// None of Airflow's.
const others = [
  '{"a":{"b":{}}}',
  '{{resolve:secretsmanager:x:SecretString:y}}',
  'Hello {{name}}',
  '{{#if params.x}}a{{/if}}',
  '{{ $json.body }}',
  '{{> header}}',
  '{{description}}',
  '{{tsunami}}',
  verbatim('{{ ds }} {% if x %} ${lake}'),
];
for (const [i, text] of others.entries()) dag.task(`other_${i}`, say(text));

export default dag;
