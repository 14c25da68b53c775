import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Each region has a fixture of its own around its tests; the summary waits for the tests, not for the teardowns. */
const dag = new Dag('setup-in-a-group');
const run = (FunctionName: string, region: string) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload: { region } } });
const tests = ['eu', 'us'].map((region) => {
  const group = dag.taskGroup(region);
  const fixture = group.setup('fixture', run('make-fixture', region));
  const test = group.task('test', run('test', region)).after(fixture);
  group.teardown('remove', run('remove-fixture', region), { setups: fixture }).after(test);
  return test;
});
dag.task('summary', run('summarise', 'all'), { triggerRule: 'all_done' }).after(...tests);

export default dag;
