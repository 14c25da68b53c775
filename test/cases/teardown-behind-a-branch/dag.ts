import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The workspace goes away whichever way was taken within it. */
const dag = new Dag('teardown-behind-a-branch', { params: { train: param.boolean({ default: false }) } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const workspace = dag.setup('workspace', run('make-workspace'));
const train = dag.task('train', run('train'));
const score = dag.task('score', run('score'));
dag
  .branch('what', () => (dag.params.train ? train : score))
  .after(workspace)
  .before(train, score);
dag.teardown('no_workspace', run('drop-workspace'), { setups: workspace }).after(train, score);

export default dag;
