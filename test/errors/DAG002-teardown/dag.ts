import { Dag } from 'dagwright';
import { aws, emr, emrServerless } from 'dagwright/tasks';

// A setup brings its teardown, named after it: before a task of that id, and after one.
const list = aws({ service: 's3', action: 'listBuckets', parameters: {} });
const dag = new Dag('teardowns');
dag.setup('application', emrServerless.application({ release: 'emr-7.13.0' }));
dag.task('delete_application', list);
dag.task('terminate_cluster', list);
dag.setup(
  'cluster',
  emr.cluster({ release: 'emr-7.13.0', primary: { type: 'm6g.xlarge' }, serviceRole: 'emr', instanceProfile: 'ec2' }),
);

export default dag;
