import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Account, ServiceError } from '../engine.ts';
import { localIceberg } from '../iceberg.ts';
import type { SparkLineage } from '../lineage/spark-listener.ts';
import { environmentVariables } from '../python/environment.ts';
import {
  filesOf,
  optionsOfJvm,
  optionWords,
  type SparkArguments,
  type SparkOption,
  settingOf,
  settingsIn,
} from './arguments.ts';

/**
 * The JVM's second compiler spends much of a short job's processor time on code that plans and is hardly run. It has to see a method ten times
 * as often here as by default; what goes over millions of rows is compiled soon nevertheless. Silver of five million ratings takes 13 % less
 * processor time so, and no longer by the clock.
 */
const LATE_COMPILER = [
  '-XX:+IgnoreUnrecognizedVMOptions',
  '-XX:Tier4InvocationThreshold=50000',
  '-XX:Tier4MinInvocationThreshold=10000',
  '-XX:Tier4CompileThreshold=150000',
  '-XX:Tier4BackEdgeThreshold=400000',
].join(' ');

/** Settings that suit one machine, where the user's own spark-defaults.conf says nothing else. */
const DEFAULTS: readonly (readonly [string, string])[] = [
  ['spark.driver.memory', '2g'],
  // Before the options that a job or spark-defaults.conf gives the JVM, which prevail.
  ['spark.driver.defaultJavaOptions', LATE_COMPILER],
  ['spark.sql.shuffle.partitions', '8'],
];

/** A spark-submit as it runs on this machine. */
export interface Submission {
  /** The Python and the spark-submit of the run. */
  readonly python: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Those of the options that take effect when a JVM starts. */
  readonly jvm: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The application is a Python script, a process beside the JVM, and leaves nothing that keeps another job from using that after it. */
  readonly sharesJvm: boolean;
}

/** What a job has here besides its command line. */
interface Placement {
  /** Its working folder; Spark's scratch files go there. */
  readonly work: string;
  /** Folders in which its Python finds modules. */
  readonly pythonPath?: readonly string[];
  /** Files that lie in its working folder when it begins, `s3://…`. */
  readonly beside?: readonly string[];
  /** Has Spark tell what it reads and writes. */
  readonly lineage?: SparkLineage;
}

/**
 * A step's `spark-submit` on this machine: the same application and arguments, with `s3://` files of the command line turned into local
 * ones and `s3://` paths of the job led to the buckets' folders. The environment is passed on, SPARK_CONF_DIR with it.
 *
 * @throws ServiceError where a file is not a valid S3 URI.
 */
export async function submission(
  account: Account,
  job: SparkArguments,
  { work, pythonPath = [], beside = [], lineage }: Placement,
): Promise<Submission> {
  const python = await account.python();
  if (python.sparkHome === undefined) throw new Error('a step runs, but the environment was made without Spark');
  await mkdir(work, { recursive: true });
  for (const file of beside) await copyFile(localFile(account, file), join(work, basename(file)));
  const own = await ownSettings(account.env.SPARK_CONF_DIR);
  const iceberg = await localIceberg(settingsIn(job.options), account.root, {
    python: python.python,
    sparkHome: python.sparkHome,
  });
  const named = [...own, ...settingsIn(job.options)];
  const listener = await lineage?.listener(named, optionWords(job.options), python.sparkHome);
  const settings: (readonly [string, string])[] = [
    ...DEFAULTS.filter(([name]) => settingOf(own, name) === undefined),
    ['spark.ui.enabled', 'false'],
    ['spark.driver.host', '127.0.0.1'],
    ['spark.driver.bindAddress', '127.0.0.1'],
    ['spark.local.dir', join(work, 'tmp')],
    ['spark.sql.warehouse.dir', pathToFileURL(join(work, 'warehouse')).href],
    ...account.lake.hadoopSettings().map(([name, value]) => [`spark.hadoop.${name}`, value] as const),
  ];
  const options: SparkOption[] = [
    { name: '--master', value: 'local[*]' },
    ...settings.map(([name, value]) => ({ name: '--conf', value: `${name}=${value}` })),
    ...[...iceberg.settings, ...(listener?.settings ?? [])].map((value) => ({ name: '--conf', value })),
    ...withPackages(
      job.options.flatMap((option) => localOption(account, option) ?? []),
      [...iceberg.packages, ...(listener?.packages ?? [])],
      settingOf(named, 'spark.jars.packages'),
    ),
  ];
  const application = job.application === undefined ? [] : [localFile(account, job.application)];
  return {
    python: python.python,
    program: join(python.bin, 'spark-submit'),
    args: [...optionWords(options), ...application, ...job.args],
    jvm: optionWords(optionsOfJvm(options)),
    env: {
      ...environmentVariables(python, account.env),
      ...listener?.env(account.env),
      ...(pythonPath.length > 0 && { PYTHONPATH: pythonPath.join(delimiter) }),
      DAGWRIGHT_S3_ROOT: account.lake.folder,
      DAGWRIGHT_READ_ONLY: account.lake.readOnly().join(','),
      ...(account.sample !== undefined && { DAGWRIGHT_SAMPLE: account.sample }),
    },
    sharesJvm: beside.length === 0 && (application[0]?.endsWith('.py') ?? false),
  };
}

/** A job's option as it is on one machine: there is no other master, and no cluster to deploy to. Settings are Iceberg's to give. */
function localOption(account: Account, option: SparkOption): SparkOption | undefined {
  const { name } = option;
  if (name === '--master' || name === '--conf') return undefined;
  if (name === '--deploy-mode') return { name, value: 'client' };
  const files = filesOf(option);
  return files === undefined ? option : { name, value: files.map((file) => localFile(account, file)).join(',') };
}

/** spark-submit takes the last `--packages` alone, and where there is one nothing of a setting. @param set the setting's value */
function withPackages(options: readonly SparkOption[], packages: readonly string[], set?: string): SparkOption[] {
  if (packages.length === 0) return [...options];
  const own = options.findLast(({ name }) => name === '--packages')?.value ?? set;
  const all = [...(own === undefined ? [] : [own]), ...packages].join(',');
  return [...options.filter(({ name }) => name !== '--packages'), { name: '--packages', value: all }];
}

function localFile(account: Account, file: string): string {
  if (!file.startsWith('s3')) return file;
  const path = account.lake.path(file);
  if (path === undefined) throw new ServiceError('States.TaskFailed', `${file} is not a valid S3 URI`);
  return path;
}

/** What the user's spark-defaults.conf sets, `property=value`. */
async function ownSettings(confDir: string | undefined): Promise<string[]> {
  if (!confDir) return [];
  const text = await readFile(join(confDir, 'spark-defaults.conf'), 'utf8').catch(() => '');
  return [...text.matchAll(/^\s*(spark\.[^\s=:]+)[ \t]*[=:]?[ \t]*(.*?)\s*$/gm)].map(
    ([, name, value]) => `${name}=${value}`,
  );
}
