import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Only what is right behind the gate is skipped by it; the rules of the others do the rest. */
const dag = new Dag('short-circuit-direct', { params: { changed: param.boolean({ default: true }) } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const gate = dag.shortCircuit('changed', () => dag.params.changed, { ignoreDownstreamTriggerRules: false });
const build = dag.task('build', run('build')).after(gate);
dag.task('test', run('test')).after(build);
dag.task('report', run('report'), { triggerRule: 'all_done' }).after(build);

export default dag;
