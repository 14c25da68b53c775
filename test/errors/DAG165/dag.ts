import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('left');
const parameters = (alive?: boolean) => ({
  Name: 'x',
  ServiceRole: 'EMR_DefaultRole',
  JobFlowRole: 'EMR_EC2_DefaultRole',
  ReleaseLabel: 'emr-7.13.0',
  Instances: { ...(alive !== undefined && { KeepJobFlowAliveWhenNoSteps: alive }) },
});

// Nothing ends these.
dag.task('waits', aws({ service: 'emr', action: 'createCluster', pattern: 'sync', parameters: parameters(true) }));
dag.task('flows', aws({ service: 'emr', action: 'runJobFlow', parameters: parameters(true) }));
dag.setup(
  'application',
  aws({
    service: 'emrserverless',
    action: 'createApplication',
    pattern: 'sync',
    parameters: { ReleaseLabel: 'emr-7.13.0', Type: 'SPARK', ClientToken: 'x' },
  }),
);

// These end by themselves, or by a teardown.
dag.task('transient', aws({ service: 'emr', action: 'createCluster', pattern: 'sync', parameters: parameters(false) }));
dag.task('by_default', aws({ service: 'emr', action: 'createCluster', pattern: 'sync', parameters: parameters() }));
const ended = dag.setup(
  'ended',
  aws({ service: 'emr', action: 'createCluster', pattern: 'sync', parameters: parameters(true) }),
);
dag.teardown(
  'end',
  aws({
    service: 'emr',
    action: 'terminateCluster',
    pattern: 'sync',
    parameters: { ClusterId: ended.output.ClusterId },
  }),
  { setups: ended },
);

export default dag;
