import type { TaskRef } from '../../authoring/index.ts';
import { assetReference, type Template, template } from '../../authoring/internal.ts';
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
export function spark({ cluster, script, args = [], pyFiles = [], conf = {} }: SparkParameters): Template<StepOutput> {
  return step({
    cluster,
    command: [
      'spark-submit',
      '--deploy-mode',
      'client',
      ...Object.entries(conf).flatMap(([property, value]) => ['--conf', `${property}=${value}`]),
      ...(pyFiles.length ? ['--py-files', pyFiles.map(located).join(',')] : []),
      located(script),
      ...args,
    ],
    assets: [script, ...pyFiles].filter((file) => !isRemote(file)),
    kind: 'emr.spark',
  });
}

/** A step that runs a command on the cluster's primary node. A step's failure ends neither the cluster nor the steps beside it. */
export function step(what: {
  readonly cluster: TaskRef<ClusterOutput>;
  readonly command: readonly string[];
  readonly assets: readonly string[];
  readonly kind: string;
}): Template<StepOutput> {
  return template({
    service: 'emr',
    kind: what.kind,
    assets: what.assets,
    outputFields: { StepId: true },
    sample: { StepId: 's-2AXXXXXXGAPLF' },
    lower: ({ task }) =>
      singleState('arn:aws:states:::elasticmapreduce:addStep.sync', {
        ClusterId: what.cluster.output.ClusterId,
        Step: {
          Name: task,
          ActionOnFailure: 'CONTINUE',
          HadoopJarStep: { Jar: 'command-runner.jar', Args: what.command },
        },
      }),
    permissions: () => [],
    conditions: onOurs,
  });
}

/** A file of the project by the name that it has where it was uploaded; a path in S3 as it is. */
export function located(file: string): string {
  return isRemote(file) ? file : assetReference(file);
}

function isRemote(file: string): boolean {
  return `${file}`.startsWith('s3://');
}
