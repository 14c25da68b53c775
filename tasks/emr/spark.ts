import { type ChecksOf, type Permission, required, type Template } from '../../authoring/internal.ts';
import { checkedTemplate, file, filledValues, type OtherNames, textMap, values } from '../checked.ts';
import { usesIceberg } from '../glue/iceberg-access.ts';
import { assetsAmong, located, readsAndWritesBuckets } from '../s3-access.ts';
import { addStep, type StepOutput } from './add-step.ts';
import { aCluster, type Cluster } from './cluster-handle.ts';

/** A Spark job on a cluster. */
export interface SparkParameters {
  /**
   * The handle of a cluster that the DAG makes, or the id of one that is there already, `j-2AXXXXXXGAPLF`: as a text, an env value or a
   * param. The roles of a cluster that is there are its owner's business, and nothing ends it.
   */
  readonly cluster: Cluster;
  /** A Python file of the project, or an `s3://` path. */
  readonly script: string;
  /** What the script is given. */
  readonly args?: readonly string[];
  /** Further Python files, which the script imports. */
  readonly pyFiles?: readonly string[];
  /** Spark properties, as `--conf`. */
  readonly conf?: { readonly [property: string]: string };
}

/**
 * Runs `spark-submit` as an EMR step and waits for its end; the driver runs on the primary node, so that its output is the step's log.
 *
 * @example
 * ```ts
 * dag.task('clean', emr.spark({ cluster: 'j-2AXXXXXXGAPLF', script: 's3://lake/clean.py', args: ['--day', dag.logicalDate] }));
 * ```
 */
export function spark(parameters: SparkParameters): Template<StepOutput> {
  return checkedTemplate('emr.spark', parameters, SPARK, (checked) => sparkStep('emr.spark', checked), OTHER_NAMES);
}

const SPARK: ChecksOf<SparkParameters> = {
  cluster: required(aCluster),
  script: required(file),
  args: values,
  pyFiles: filledValues,
  conf: textMap,
};

const OTHER_NAMES: OtherNames = {
  clusterid: 'cluster',
  jobflowid: 'cluster',
  entrypoint: 'script',
  application: 'script',
  mainfile: 'script',
  pyspark: 'script',
  jar: 'script',
  sparkscript: 'script',
  arguments: 'args',
  applicationargs: 'args',
  entrypointarguments: 'args',
  jobargs: 'args',
  scriptargs: 'args',
  sparkconf: 'conf',
  sparkproperties: 'conf',
  properties: 'conf',
  sparksubmitparameters: 'conf',
  actiononfailure: 'A step’s failure ends neither the cluster nor the steps beside it: leave it out.',
  deploymode: 'The driver runs on the cluster, in client mode: leave it out.',
};

/**
 * What every template is that submits a Spark job.
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
  return addStep(kind, {
    cluster,
    assets: assetsAmong([script, ...pyFiles]),
    runs: { Jar: 'command-runner.jar', Args: command },
    needs: () => [
      ...readsAndWritesBuckets([script, ...pyFiles, ...args, ...Object.values(conf)]),
      ...usesIceberg(conf),
      ...further(),
    ],
  });
}
