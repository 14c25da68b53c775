import { Dag, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('statements');
dag.task('if', say('{% if x %}a{% else %}b{% endif %}'));
dag.task('for', say('{%- for day in days -%}{{ day }}{%- endfor -%}'));
dag.task('set', say('{% set day = 1 %}'));
dag.task('fine', say(verbatim('{% $states.input %} is escaped')));

export default dag;
