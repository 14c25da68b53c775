import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TaskCall } from '../asl/interpret/options.ts';
import { diagnose } from '../diagnostics/index.ts';
import { type Account, causeOf, ServiceError } from './engine.ts';
import type { As, Denial } from './iam/index.ts';
import { localIceberg } from './iceberg.ts';
import { logFile } from './log-file.ts';
import type { Command } from './process/process-groups.ts';
import { environmentVariables } from './python/environment.ts';
import { SparkAccess } from './spark-access.ts';

/** Options of spark-submit that stand alone; every other takes a value, after it or after an `=`. */
const FLAGS = new Set(['--verbose', '-v', '--supervise', '--version', '--help', '-h', '--usage-error']);
/** Options whose value is a list of files. */
const FILE_LISTS = new Set(['--py-files', '--files', '--jars', '--archives', '--properties-file']);
/** Settings that suit one machine, where the user's own spark-defaults.conf says nothing else. */
const DEFAULTS: readonly (readonly [string, string])[] = [
  ['spark.driver.memory', '2g'],
  ['spark.sql.shuffle.partitions', '8'],
];

/**
 * The command that runs a step's `spark-submit` on this machine: the same script and arguments, with `s3://` files of the command line
 * turned into local ones and `s3://` paths of the job led to the buckets' folders. The environment is passed on, SPARK_CONF_DIR with it.
 *
 * @param work the step's working folder; Spark's scratch files go there.
 */
export async function sparkSubmit(account: Account, args: readonly string[], work: string): Promise<Command> {
  const python = await account.python();
  if (python.sparkHome === undefined) throw new Error('a step runs, but the environment was made without Spark');
  await mkdir(work, { recursive: true });
  const own = await ownSettings(account.env.SPARK_CONF_DIR);
  const { settings: jobs, rest } = withoutSettings(args);
  const iceberg = await localIceberg(jobs, account.root, { python: python.python, sparkHome: python.sparkHome });
  const settings: (readonly [string, string])[] = [
    ...DEFAULTS.filter(([name]) => !own.has(name)),
    ['spark.ui.enabled', 'false'],
    ['spark.driver.host', '127.0.0.1'],
    ['spark.driver.bindAddress', '127.0.0.1'],
    ['spark.local.dir', join(work, 'tmp')],
    ['spark.sql.warehouse.dir', pathToFileURL(join(work, 'warehouse')).href],
    ...account.lake.hadoopSettings().map(([name, value]) => [`spark.hadoop.${name}`, value] as const),
  ];
  return {
    program: join(python.bin, 'spark-submit'),
    args: [
      '--master',
      'local[*]',
      ...settings.flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
      ...iceberg.settings.flatMap((setting) => ['--conf', setting]),
      ...(iceberg.packages.length > 0 ? ['--packages', iceberg.packages.join(',')] : []),
      ...localArguments(account, rest),
    ],
    guard: python.python,
    env: {
      ...environmentVariables(python, account.env),
      DAGWRIGHT_S3_ROOT: account.lake.folder,
      DAGWRIGHT_READ_ONLY: account.lake.readOnly().join(','),
      ...(account.sample !== undefined && { DAGWRIGHT_SAMPLE: account.sample }),
    },
  };
}

/** The `property=value` of the options before the script, and the arguments without these. */
function withoutSettings(args: readonly string[]): { settings: string[]; rest: string[] } {
  const settings: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-')) return { settings, rest: [...rest, ...args.slice(i)] };
    if (arg === '--conf' || arg === '-c') settings.push(args[++i] ?? '');
    else if (arg.startsWith('--conf=')) settings.push(arg.slice('--conf='.length));
    else if (FLAGS.has(arg) || arg.includes('=')) rest.push(arg);
    else rest.push(arg, ...args.slice(i + 1, ++i + 1));
  }
  return { settings, rest };
}

/** The step's own arguments: the options before the script, the script, and everything after it as it is. */
function localArguments(account: Account, args: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-')) return [...out, localFile(account, arg), ...args.slice(i + 1)];
    if (FLAGS.has(arg) || arg.includes('=')) {
      out.push(arg);
      continue;
    }
    const value = args[++i] ?? '';
    // There is one machine: no other master, and no cluster to deploy to.
    if (arg === '--master') continue;
    if (arg === '--deploy-mode') out.push(arg, 'client');
    else if (FILE_LISTS.has(arg))
      out.push(
        arg,
        value
          .split(',')
          .map((file) => localFile(account, file))
          .join(','),
      );
    else out.push(arg, value);
  }
  return out;
}

function localFile(account: Account, file: string): string {
  if (!file.startsWith('s3')) return file;
  const path = account.lake.path(file);
  if (path === undefined) throw new ServiceError('States.TaskFailed', `${file} is not a valid S3 URI`);
  return path;
}

/** The names that the user's spark-defaults.conf sets. */
async function ownSettings(confDir: string | undefined): Promise<Set<string>> {
  if (!confDir) return new Set();
  const text = await readFile(join(confDir, 'spark-defaults.conf'), 'utf8').catch(() => '');
  return new Set([...text.matchAll(/^\s*(spark\.[^\s=:]+)/gm)].map((match) => match[1]!));
}

/** How a job ended: it is done, was given up by whoever started it, or failed. */
export type SparkEnd =
  | { readonly state: 'completed' }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly reason: string; readonly message: string; readonly log?: string };

export interface SparkJob {
  /** The job's, which names its working folder. */
  readonly id: string;
  readonly call: TaskCall;
  readonly signal: AbortSignal;
  /** The role that it acts as. */
  readonly as?: As;
}

/**
 * Runs a Spark job to its end; never throws for what a job can do wrong.
 * @param args those of spark-submit
 */
export async function runSpark(
  account: Account,
  args: readonly string[],
  { id, call, signal, as }: SparkJob,
): Promise<SparkEnd> {
  const log = await logFile(account, call);
  const work = join(account.run.folder, 'work', id);
  const access = as && account.access && new SparkAccess(account, call, as);
  const unfetched = access?.fetching(fetched(args));
  if (unfetched !== undefined) return denied(account, call, unfetched, log);
  let command: Command;
  try {
    command = await sparkSubmit(account, args, work);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { state: 'failed', reason: 'Invalid Arguments', message: error.message };
  }
  const ended = await account.groups.run({ ...command, cwd: work, log, signal });
  if (ended.aborted) return { state: 'cancelled' };
  const refused = await access?.did(args, log);
  if (refused !== undefined) return denied(account, call, refused, log);
  const written = ended.code === 0 ? await account.lake.writtenIntoMount() : undefined;
  if (ended.code === 0 && written === undefined) return { state: 'completed' };
  const title =
    written === undefined ? `spark-submit ended with exit code ${ended.code}` : 'it wrote into a mounted folder';
  const lines = written === undefined ? failureLines(ended.lastLines) : [causeOf(diagnose('RUN034', written))];
  account.onNote({ kind: 'failure', state: call.state, attempt: call.attempt, title, lines, log });
  return { state: 'failed', reason: 'Unknown Error', message: lines.at(-1) ?? title, log };
}

/** A job whose role may not do what it did, or what comes before it. */
function denied(account: Account, call: TaskCall, { text, action, resource }: Denial, log: string): SparkEnd {
  const title = `its role may not ${action} on ${resource}`;
  account.onNote({ kind: 'failure', state: call.state, attempt: call.attempt, title, lines: [text], log });
  return { state: 'failed', reason: 'Access Denied', message: text, log };
}

/** The files in S3 that Spark fetches before it runs a job: the script, and those of its options. */
function fetched(args: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-')) return [...found, arg].filter((file) => file.startsWith('s3'));
    if (FLAGS.has(arg) || arg.includes('=')) continue;
    const value = args[++i] ?? '';
    if (FILE_LISTS.has(arg)) found.push(...value.split(','));
  }
  return found.filter((file) => file.startsWith('s3'));
}

/** How many lines of a failed job are shown; its log has them all. */
const SHOWN = 20;

/** Spark's own running commentary: `26/11/24 22:51:45 INFO …`. */
const COMMENTARY = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d (TRACE|DEBUG|INFO|WARN) /;
/** The JVM's stack, which says nothing that the exception's own line does not. */
const JVM_STACK = /^\s+at [\w.$<>]+\(.*\)$|^\s*\.\.\. \d+ more$/;

/** The last lines that a failed Spark job has itself to say, without Spark's commentary and the JVM's stack. */
export function failureLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !COMMENTARY.test(line) && !JVM_STACK.test(line)).slice(-SHOWN);
}

/** The words of a command line, as a shell takes them apart. */
export function words(line: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote !== "'" && char === '\\' && i + 1 < line.length) word = (word ?? '') + line[++i];
    else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? found : [...found, word];
}
