import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Each of two checks waits for both extracts: a series of two parallels, without a state between them. */
const dag = new Dag('two-by-two');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const extracts = ['clients', 'orders'].map((table) => dag.task(`extract_${table}`, run(`extract-${table}`)));
for (const check of ['keys', 'counts']) dag.task(`check_${check}`, run(`check-${check}`)).after(...extracts);

export default dag;
