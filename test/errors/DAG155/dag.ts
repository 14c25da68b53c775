import { Dag, expr, param, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const call = (Payload: object) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f', Payload } });
const dag = new Dag('asl', { params: { day: param.string({ default: '{% $now() %}' }) } });

dag.task('whole', say('{% $states.input.day %}'));
dag.task('within', say('For {% $states.context.Execution.Name %}.'));
dag.task('jsonpath', call({ 'day.$': '$.day', name: '$$.Execution.Name' }));
dag.task('intrinsic', say("States.Format('For {}', $.day)"));
dag.task('token', call({ token: '$states.context.Task.Token' }));
dag.task('expression', say(expr(() => `{% $states.input %} of ${dag.params.day}`)));
// What is meant for somebody else is sent as it stands.
dag.task('meant', say(verbatim('{% $states.input %} and States.UUID() and $$.Execution.Id')));
dag.task('liquid', say('{% assign day = "today" %}'));

export default dag;
