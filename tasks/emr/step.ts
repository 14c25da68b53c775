import { type ChecksOf, filled, required, type Template } from '../../authoring/internal.ts';
import { type Conflict, checkedTemplate, file, type OtherNames, textMap, values } from '../checked.ts';
import { assetsAmong, located, readsAndWritesBuckets } from '../s3-access.ts';
import { addStep, type StepOutput } from './add-step.ts';
import { aCluster, type Cluster } from './cluster-handle.ts';

/** Any step of a cluster. */
export interface StepParameters {
  /** The handle of a cluster that the DAG makes, or the id of one that is there already, `j-2AXXXXXXGAPLF`. */
  readonly cluster: Cluster;
  /** A jar of the project or in S3. Default `command-runner.jar`, which runs `args` as a command of the primary node. */
  readonly jar?: string;
  /** What the jar is given; of `command-runner.jar` the command with its arguments: `['s3-dist-cp', '--src', …]`. */
  readonly args?: readonly string[];
  /** The class of the jar, where its manifest names none. */
  readonly mainClass?: string;
  /** Java properties of the jar's process. */
  readonly properties?: { readonly [name: string]: string };
  /** The step's name. Default: the task's id. */
  readonly name?: string;
}

const COMMAND_RUNNER = 'command-runner.jar';

/**
 * Runs a step on an EMR cluster, a jar or a command of the primary node (`s3-dist-cp`, `hive-script`, `bash`), and waits for its end. Spark
 * jobs are `emr.spark`.
 * @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-commandrunner.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'copy',
 *   emr.step({
 *     cluster: 'j-2AXXXXXXGAPLF',
 *     args: ['s3-dist-cp', '--src', 's3://lake/bronze/', '--dest', 'hdfs:///bronze/'],
 *   }),
 * );
 * ```
 */
export function step(parameters: StepParameters): Template<StepOutput> {
  return checkedTemplate('emr.step', parameters, STEP, made, OTHER_NAMES, conflicts);
}

const STEP: ChecksOf<StepParameters> = {
  cluster: required(aCluster),
  jar: file,
  args: values,
  mainClass: filled,
  properties: textMap,
  name: filled,
};

const OTHER_NAMES: OtherNames = {
  clusterid: 'cluster',
  jobflowid: 'cluster',
  arguments: 'args',
  command: 'args',
  steps: 'A task has one step; several are tasks one after the other.',
  hadoopjarstep: 'Its parts are fields of their own here: `jar`, `args`, `mainClass` and `properties`.',
  script: 'Spark scripts are `emr.spark({ cluster, script })`; others are `args` of `command-runner.jar`.',
  actiononfailure: 'A step’s failure ends neither the cluster nor the steps beside it: leave it out.',
  stepname: 'name',
  waitforcompletion: 'The task waits for the end, which costs nothing: leave it out.',
};

function conflicts({ jar = COMMAND_RUNNER, args = [], mainClass }: StepParameters): Conflict[] {
  if (jar !== COMMAND_RUNNER) return [];
  if (args.length === 0)
    return [
      {
        detail: 'neither a jar nor a command is given',
        instead: "Write `args: ['s3-dist-cp', '--src', …]` for a command, or the jar.",
      },
    ];
  return mainClass === undefined
    ? []
    : [{ detail: `mainClass is given, and the jar is ${COMMAND_RUNNER}`, instead: 'Give the jar that has the class.' }];
}

function made({ cluster, jar = COMMAND_RUNNER, args = [], ...rest }: StepParameters): Template<StepOutput> {
  const own = jar === COMMAND_RUNNER ? [] : [jar];
  const { mainClass, properties, name } = rest;
  return addStep('emr.step', {
    cluster,
    name,
    assets: assetsAmong(own),
    runs: {
      Jar: own.length > 0 ? located(jar) : jar,
      ...(mainClass !== undefined && { MainClass: mainClass }),
      ...(args.length > 0 && { Args: args }),
      ...(properties && {
        Properties: Object.entries(properties).map(([Key, Value]) => ({ Key, Value })),
      }),
    },
    needs: () => readsAndWritesBuckets([...own, ...args, ...Object.values(properties ?? {})]),
  });
}
