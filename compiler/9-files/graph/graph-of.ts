import type { ManifestGraph, ManifestWork } from '../../../manifest/manifest.ts';
import { type Written, writeValue } from '../../../manifest/written-value.ts';
import type { Graph, GraphTask } from '../../3-graph/graph.ts';

/** What the phases from 4 on need of a DAG beyond what the manifest says of it anyway; read-graph.ts makes the graph of it again. */
export function graphOf({ model, tasks }: Graph): ManifestGraph {
  return {
    graphVersion: 1,
    ...(model.failFast && { failFast: true }),
    ...(model.dagrunTimeoutMs !== undefined && { dagrunTimeoutMs: model.dagrunTimeoutMs }),
    tasks: Object.fromEntries([...tasks].map(([id, task]) => [id, workOf(task)])),
  };
}

/** What is as it is without saying is left out. */
function workOf({ model, fragment }: GraphTask): ManifestWork {
  const { retries, retryDelayMs, retryExponentialBackoff, maxRetryDelayMs, retryJitter } = model;
  const notRetriedOn = model.kind === 'setup' ? model.template.notRetriedOn : undefined;
  return {
    ...(model.onFailureFailDagrun && { onFailureFailDagrun: true }),
    ...(model.executionTimeoutMs !== undefined && { executionTimeoutMs: model.executionTimeoutMs }),
    ...(model.estimateMs && { estimateMs: model.estimateMs }),
    ...(retries > 0 && {
      retry: {
        retries,
        delayMs: retryDelayMs,
        ...(retryExponentialBackoff && { exponential: true }),
        ...(maxRetryDelayMs !== undefined && { maxDelayMs: maxRetryDelayMs }),
        ...(retryJitter && { jitter: true }),
        ...(notRetriedOn && { notOn: notRetriedOn }),
      },
    }),
    ...(model.decision
      ? { decision: model.decision as unknown as Written as never }
      : {
          ...(fragment.start !== '' && { start: fragment.start }),
          states: writeValue(fragment.states) as ManifestWork['states'] & object,
          ...(fragment.variables && { variables: fragment.variables }),
        }),
  };
}
