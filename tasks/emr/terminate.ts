import { type Template, template } from '../../authoring/internal.ts';
import { singleState } from '../single-state.ts';
import { clusterArn } from './cluster-arn.ts';

/** Ends a cluster and waits until it is gone: what a cluster's own teardown does. */
export function terminate(clusterId: string): Template<Record<string, never>> {
  return template({
    service: 'emr',
    kind: 'emr.terminate',
    outputFields: {},
    sample: {},
    lower: () => singleState('arn:aws:states:::elasticmapreduce:terminateCluster.sync', { ClusterId: clusterId }),
    permissions: () => [
      {
        actions: ['elasticmapreduce:DescribeCluster', 'elasticmapreduce:TerminateJobFlows'],
        resources: [clusterArn()],
      },
    ],
  });
}
