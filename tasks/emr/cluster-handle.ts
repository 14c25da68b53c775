import type { TaskRef } from '../../authoring/index.ts';
import { check, handleInfo, isReference, isWholeOutput, shown, splitTokens } from '../../authoring/internal.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { ClusterOutput } from './cluster.ts';

/** A cluster that a task runs on: the handle of a setup that makes one, or the id of one that is there already. */
export type Cluster = TaskRef<ClusterOutput> | string;

const WANTED =
  'the handle that `dag.setup(…, emr.cluster(…))` answered, or the id of a cluster that is there, `j-2AXXXXXXGAPLF`, as a text or a reference';

export const aCluster = check(WANTED, (given, { owner, field, at }) => {
  if (isReference(given) && !isWholeOutput(given)) return [];
  const fits = typeof given === 'string' ? isClusterId(given) : handleInfo(given)?.template?.kind === 'emr.cluster';
  if (fits) return [];
  const kind = handleInfo(given)?.template?.kind;
  const named = kind === undefined ? shown(given) : `${shown(given)}, whose template is ${kind}`;
  return [diagnose('DAG104', { owner, field, given: named, wanted: WANTED }, at)];
});

/** An id, or a text with a reference in it. */
function isClusterId(text: string): boolean {
  return /^j-[A-Z0-9]+$/.test(text) || splitTokens(text).some((piece) => 'target' in piece);
}

/** The handle of a cluster that the DAG makes; undefined for one that is there already. */
export function madeHere(cluster: Cluster): TaskRef<ClusterOutput> | undefined {
  return handleInfo(cluster) === undefined ? undefined : (cluster as TaskRef<ClusterOutput>);
}
