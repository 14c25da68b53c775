import { type ChecksOf, filled, required } from '../authoring/internal.ts';
import { file, filledValues, formed, type OtherNames, values } from './checked.ts';
import { assetsAmong, located } from './s3-access.ts';

/** A Spark job as services that run spark-submit are told of it. */
export interface SubmittedJob {
  /** A Python file of the project, or an `s3://` path of a Python file or a jar. */
  readonly script: string;
  /** What the script is given. */
  readonly args?: readonly string[];
  /** The class of a jar. */
  readonly mainClass?: string;
  /** Further Python files, which the script imports. */
  readonly pyFiles?: readonly string[];
  /** Files beside the script. */
  readonly files?: readonly string[];
  readonly jars?: readonly string[];
}

/** The checks of these parameters. */
export const SUBMITTED: ChecksOf<SubmittedJob> = {
  script: required(file),
  args: values,
  mainClass: filled,
  pyFiles: filledValues,
  files: filledValues,
  jars: filledValues,
};

/** What other tools call the parameters of such a job. */
export const NAMES_OF_SUBMITTED: OtherNames = {
  executionrolearn: 'role',
  executionrole: 'role',
  jobrole: 'role',
  rolearn: 'role',
  entrypoint: 'script',
  arguments: 'args',
  entrypointarguments: 'args',
  class: 'mainClass',
  sparkconf: 'conf',
  jobname: 'name',
  loguri: 'logs',
  jobdriver: 'Its parts are fields of their own here: `script`, `args` and `conf`.',
  configurationoverrides: 'Its parts are fields of their own here: `conf`, `logs` and `cloudWatch`.',
};

/** The role of such a job. @param example its name in the message */
export const jobRole = (example: string) =>
  formed(`a role of \`dag.env\`, or the ARN of one, \`arn:aws:iam::123456789012:role/${example}\``, (text) =>
    /^arn:[^:]+:iam::\d{12}:role\/./.test(text),
  );

/** The files of such a job, those of the project and those in S3. */
export function submittedFiles({ script, pyFiles = [], files = [], jars = [] }: SubmittedJob): string[] {
  return [script, ...pyFiles, ...files, ...jars];
}

/** The files of the project that it needs where it runs. */
export function submittedAssets(job: SubmittedJob): string[] {
  return assetsAmong(submittedFiles(job));
}

/** The part of the call that says what spark-submit runs. */
export function submitDriver(job: SubmittedJob & SubmitOptions): object {
  const { script, args = [] } = job;
  const submit = submitParameters(job);
  return {
    EntryPoint: located(script),
    ...(args.length > 0 && { EntryPointArguments: args }),
    ...(submit !== '' && { SparkSubmitParameters: submit }),
  };
}

/** What spark-submit is told besides the application and its arguments. */
export interface SubmitOptions extends Pick<SubmittedJob, 'mainClass' | 'pyFiles' | 'files' | 'jars'> {
  readonly archives?: readonly string[];
  readonly conf?: { readonly [property: string]: string };
}

/** The options of spark-submit as one text, which services that run it take apart as a shell does; '' where there are none. */
function submitParameters(options: SubmitOptions): string {
  const { mainClass, pyFiles = [], files = [], jars = [], archives: packed = [], conf = {} } = options;
  const list = (option: string, names: readonly string[]) =>
    names.length > 0 ? [option, names.map(located).join(',')] : [];
  return [
    ...(mainClass === undefined ? [] : ['--class', mainClass]),
    ...list('--py-files', pyFiles),
    ...list('--files', files),
    ...list('--jars', jars),
    ...(packed.length > 0 ? ['--archives', packed.join(',')] : []),
    ...Object.entries(conf).flatMap(([property, value]) => ['--conf', `${property}=${value}`]),
  ]
    .map((word) => (/[\s"'\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word))
    .join(' ');
}
