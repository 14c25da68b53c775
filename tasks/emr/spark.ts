import type { TaskRef } from '../../authoring/index.ts';
import { type Permission, type Template, template } from '../../authoring/internal.ts';
import { assetsAmong, located } from '../project-file.ts';
import { readsAndWritesBuckets, readsAssets } from '../s3-access.ts';
import { singleState } from '../single-state.ts';
import type { ClusterOutput } from './cluster.ts';
import { onOurs } from './our-clusters.ts';

/** A Spark job on a cluster of the DAG. */
export interface SparkParameters {
  readonly cluster: TaskRef<ClusterOutput>;
  /** A Python file of the project, or an `s3://` path. */
  readonly script: string;
  /** What the script is given. */
  readonly args?: readonly string[];
  /** Further Python files, which the script imports. */
  readonly pyFiles?: readonly string[];
  /** Spark properties, as `--conf`. */
  readonly conf?: { readonly [property: string]: string };
}

export interface StepOutput {
  readonly StepId: string;
}

/** Runs `spark-submit` as an EMR step and waits for its end; the driver runs on the primary node, so that its output is the step's log. */
export function spark(parameters: SparkParameters): Template<StepOutput> {
  return sparkStep('emr.spark', parameters);
}

/**
 * What every template is that submits a Spark job. A step's failure ends neither the cluster nor the steps beside it.
 * @param further what the job does with the cluster's role besides reading and writing the buckets that its arguments name
 */
export function sparkStep(
  kind: string,
  { cluster, script, args = [], pyFiles = [], conf = {} }: SparkParameters,
  further: () => readonly Permission[] = () => [],
): Template<StepOutput> {
  const command = [
    'spark-submit',
    '--deploy-mode',
    'client',
    ...Object.entries(conf).flatMap(([property, value]) => ['--conf', `${property}=${value}`]),
    ...(pyFiles.length ? ['--py-files', pyFiles.map(located).join(',')] : []),
    located(script),
    ...args,
  ];
  return template({
    service: 'emr',
    kind,
    assets: assetsAmong([script, ...pyFiles]),
    outputFields: { StepId: true },
    sample: { StepId: 's-2AXXXXXXGAPLF' },
    lower: ({ task }) =>
      singleState('arn:aws:states:::elasticmapreduce:addStep.sync', {
        ClusterId: cluster.output.ClusterId,
        Step: {
          Name: task,
          ActionOnFailure: 'CONTINUE',
          HadoopJarStep: { Jar: 'command-runner.jar', Args: command },
        },
      }),
    permissions: () => [],
    roles: () => [
      {
        role: { lentBy: cluster.id },
        permissions: [
          ...readsAssets(assetsAmong([script, ...pyFiles])),
          ...readsAndWritesBuckets([script, ...pyFiles, ...args, ...Object.values(conf)]),
          ...further(),
        ],
      },
    ],
    conditions: onOurs,
  });
}
