import { Dag, env } from 'dagwright';
import { callFragment, checkedTemplate, checks, type Template, template } from 'dagwright/tasks';

const { notThere } = checks as unknown as typeof checks & { notThere: typeof checks.text };
const orThere = (checks as unknown as { isThere(wanted: string): typeof checks.text }).isThere('a text');

const say = (parameters: { readonly text: string; readonly to: string }): Template<unknown> =>
  checkedTemplate(
    'chat.say',
    parameters,
    { text: checks.required(notThere), to: checks.required(orThere) },
    (checked) =>
      template({
        service: 'chat',
        kind: 'chat.say',
        lower: (limits) =>
          callFragment('arn:aws:states:::sns:publish', { TopicArn: checked.to, Message: checked.text }, limits),
        permissions: () => [],
      }),
  );
const dag = new Dag('checks', { env: { topic: env.string() } });
dag.task('say', say({ text: 'There.', to: dag.env.topic }));

export default dag;
