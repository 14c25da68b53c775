import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Values known at three times, and texts that only look like placeholders or expressions. */
const dag = new Dag('params-and-env', {
  env: { bucket: env.bucket() },
  params: { day: param.string(), limit: param.integer({ default: 10 }), quote: param.string({ default: "it's" }) },
});
dag.task(
  'put',
  aws({
    service: 's3',
    action: 'putObject',
    parameters: {
      Bucket: dag.env.bucket,
      Key: `days/${dag.params.day}/${dag.logicalDate}`,
      Body: JSON.stringify({
        limit: dag.params.limit,
        bucket: dag.env.bucket,
        text: `${dag.params.limit} in ${dag.env.bucket}`,
      }),
      Metadata: {
        limit: `${dag.params.limit}`,
        quote: `'${dag.params.quote}'`,
        placeholder: 'not ${a} placeholder',
        expression: '{% not an expression %}',
        both: `s3://${dag.env.bucket}/\${not}`,
      },
    },
  }),
);

export default dag;
