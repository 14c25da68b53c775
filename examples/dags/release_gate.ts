import { Dag, env, expr, maybe, param, taskToken } from 'dagwright';
import { aws, events, sns, stepFunctions } from 'dagwright/tasks';
import { auditNote } from '../templates/audit.ts';

/**
 * Publishes a data set when its checks have passed and a person has agreed: checks side by side, a message with the task's token, a branch on
 * the answer, and a record of whatever came of it. Airflow: example_step_functions, example_eventbridge, example_sqs.
 */
const dag = new Dag('release_gate', {
  schedule: null,
  env: {
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
    queue: env.string({ description: 'The URL of the queue whose reader asks the person' }),
  },
  params: {
    dataset: param.string({ minLength: 1, description: 'What is published' }),
    trial: param.boolean({ default: false, description: 'Whether nothing is to come of it' }),
  },
});
const { alerts: topic, queue: QueueUrl } = dag.env;
const { dataset, trial } = dag.params;

/** Machines of the quality team: each fails where its check does. */
const quality = dag.taskGroup('quality');
for (const name of ['schema', 'freshness'])
  quality.task(name, stepFunctions.run({ machine: `quality-${name}`, input: { dataset } }), {
    executionTimeout: '1h',
    skipOn: ['States.Timeout'],
  });
/** A trial ends when the checks have run. */
const real = dag.shortCircuit('real', () => !trial, { triggerRule: 'none_failed_min_one_success' }).after(quality);

/** Whoever reads the queue asks, and sends the token back with { "approved": true, "by": "Anna" }. */
const asked = dag
  .task(
    'ask',
    aws({
      service: 'sqs',
      action: 'sendMessage',
      pattern: 'callback',
      parameters: { QueueUrl, MessageBody: { dataset, token: taskToken } },
    }),
    { executionTimeout: '2d', heartbeat: '6h' },
  )
  .after(real);
const { approved, by } = asked.output as { readonly approved: boolean; readonly by: string };

const publish = dag.task(
  'publish',
  events.put({ source: 'data.releases', detailType: 'Data set is published', detail: { dataset, by } }),
);
const refuse = dag.task('refuse', sns.publish({ topic, subject: 'A release was refused', message: { dataset, by } }));
dag
  .if(() => approved === true, { id: 'approved' })
  .then(publish)
  .else(refuse);

/** Also of what failed or was refused. */
const who = maybe(by);
const told = expr(() => `${dataset}: ${who ?? 'nobody'} was asked`);
dag.task('record', auditNote({ stream: 'releases', what: told }), { triggerRule: 'all_done' }).after(publish, refuse);

export default dag;
