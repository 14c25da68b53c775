import type { TaskRef } from '../../authoring/index.ts';
import { handleOrId } from '../checked.ts';
import type { ClusterOutput } from './cluster.ts';

/** A cluster that a task runs on: the handle of a setup that makes one, or the id of one that is there already. */
export type Cluster = TaskRef<ClusterOutput> | string;

const WANTED =
  'the handle that `dag.setup(…, emr.cluster(…))` answered, or the id of a cluster that is there, `j-2AXXXXXXGAPLF`, as a text or a reference';

export const aCluster = handleOrId(WANTED, 'emr.cluster', /^j-[A-Z0-9]+$/);
