import { type Template, template } from '../../authoring/internal.ts';
import { singleState } from '../single-state.ts';
import { onOurs } from './our-clusters.ts';

/**
 * Ends a cluster and waits until it is gone: what a cluster's own teardown does.
 *
 * @example
 * ```ts
 * dag.teardown('end', emr.terminate('j-2AXXXXXXGAPLF'));
 * ```
 */
export function terminate(clusterId: string): Template<Record<string, never>> {
  return template({
    service: 'emr',
    kind: 'emr.terminate',
    outputFields: {},
    sample: {},
    lower: () => singleState('arn:aws:states:::elasticmapreduce:terminateCluster.sync', { ClusterId: clusterId }),
    permissions: () => [],
    conditions: onOurs,
  });
}
