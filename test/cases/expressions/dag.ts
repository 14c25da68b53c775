import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Checked {
  readonly output: { readonly Payload: { readonly rows: number; readonly next?: string; readonly parts: string[] } };
}

/** Values that are computed when the DAG runs: whole, in text, one within another. */
const dag = new Dag('expressions', {
  env: { lake: env.bucket() },
  params: { limit: param.integer({ default: 10 }), mode: param.enum(['full', 'part'], { default: 'full' }) },
});
const known = ['full', 'part'];
const check = dag.task(
  'check',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'check' } }),
) as unknown as Checked;

const isMany = expr(() => check.output.Payload.rows > dag.params.limit);
dag.task(
  'send',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: {
      QueueUrl: 'https://q',
      DelaySeconds: expr(() => (isMany ? 60 : 0)),
      MessageBody: `many: ${isMany}, first of ${expr(() => [...check.output.Payload.parts].length)}: ${expr(() => check.output.Payload.parts[0]!)}`,
      MessageAttributes: {
        next: {
          DataType: 'String',
          StringValue: expr(() => `s3://${dag.env.lake}/${check.output.Payload.next ?? 'none'}`),
        },
        mode: {
          DataType: 'String',
          StringValue: expr(() =>
            known.includes(dag.params.mode) && dag.params.mode !== 'part' ? "it's all" : 'some',
          ),
        },
      },
    },
  }),
);

export default dag;
