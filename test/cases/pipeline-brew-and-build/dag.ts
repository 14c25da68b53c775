import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A recipe, then a build of the site that shows it: two services whose jobs are waited for. */
const dag = new Dag('pipeline-brew-and-build', { schedule: '@daily' });
const recipe = dag.task(
  'recipe',
  aws({ service: 'databrew', action: 'startJobRun', pattern: 'sync', parameters: { Name: 'clean-prices' } }),
  {
    executionTimeout: '1h',
  },
);
dag
  .task(
    'site',
    aws({ service: 'codebuild', action: 'startBuild', pattern: 'sync', parameters: { ProjectName: 'price-site' } }),
  )
  .after(recipe);

export default dag;
