import { Dag, env } from 'dagwright';
import { lambda, sns } from 'dagwright/tasks';

const dag = new Dag('fields', { env: { topic: env.string() } });
const found = dag.task('found', lambda.invoke<{ values: string[] }>({ function: 'find' }));
for (const message of found.output.values.values()) dag.task(message, sns.publish({ topic: dag.env.topic, message }));

export default dag;
