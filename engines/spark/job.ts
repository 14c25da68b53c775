import { join } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type Account, causeOf, ServiceError } from '../engine.ts';
import type { As, Denial } from '../iam/index.ts';
import { REMARK_OF_LISTENER, SparkLineage } from '../lineage/spark-listener.ts';
import { logFile } from '../log-file.ts';
import { SparkAccess } from './access.ts';
import { fetchedFiles, sparkArguments } from './arguments.ts';
import { type Submission, submission } from './submission.ts';

/** How a job ended: it is done, was given up by whoever started it, or failed. */
export type SparkEnd =
  | { readonly state: 'completed' }
  | { readonly state: 'cancelled' }
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly message: string;
      readonly log?: string;
      /** Of one that ran: how it ended, and its last lines with everything that Spark says. */
      readonly ended?: { readonly code: number; readonly lastLines: readonly string[] };
    };

export interface SparkJob {
  /** The job's, which names its working folder. */
  readonly id: string;
  readonly call: TaskCall;
  readonly signal: AbortSignal;
  /** The role that it acts as. */
  readonly as?: As;
  /** Folders in which its Python finds modules, before the environment's own. */
  readonly pythonPath?: readonly string[];
  /** Files that lie in its working folder when it begins, `s3://…`; such a job has a JVM to itself. */
  readonly beside?: readonly string[];
  /** Where it wrote, as far as it says so besides its arguments, `s3://…`; asked when it has ended. */
  readonly wrote?: () => Promise<readonly string[]>;
}

/**
 * Runs a Spark job to its end; never throws for what a job can do wrong.
 * @param args those of spark-submit
 */
export async function runSpark(account: Account, args: readonly string[], job: SparkJob): Promise<SparkEnd> {
  const work = join(account.run.folder, 'work', job.id);
  const lineage = SparkLineage.of(account, job.call, work);
  const end = await runToEnd(account, args, { ...job, work, ...(lineage && { lineage }) });
  await lineage?.collect(end.state);
  return end;
}

/** A job that has its working folder, and its lineage where that is asked for. */
interface PlacedJob extends SparkJob {
  readonly work: string;
  readonly lineage?: SparkLineage;
}

async function runToEnd(account: Account, args: readonly string[], placed: PlacedJob): Promise<SparkEnd> {
  const { call, signal, as, work, lineage, pythonPath = [], beside = [] } = placed;
  const log = await logFile(account, call);
  const access = as && account.access && new SparkAccess(account, call, as);
  const job = sparkArguments(args);
  const unfetched = access?.fetching([...fetchedFiles(job), ...beside]);
  if (unfetched !== undefined) return denied(account, call, unfetched, log);
  let submitted: Submission;
  try {
    submitted = await submission(account, job, { work, pythonPath, beside, ...(lineage && { lineage }) });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { state: 'failed', reason: 'Invalid Arguments', message: error.message };
  }
  const ended = await account.spark.run(submitted, { work, log, signal });
  if (ended.aborted) return { state: 'cancelled' };
  const refused = await access?.did([...args, ...((await placed.wrote?.()) ?? [])], log);
  if (refused !== undefined) return denied(account, call, refused, log);
  const written = ended.code === 0 ? await account.lake.writtenIntoMount() : undefined;
  if (ended.code === 0 && written === undefined) return { state: 'completed' };
  const title =
    written === undefined ? `spark-submit ended with exit code ${ended.code}` : 'it wrote into a mounted folder';
  const lines = written === undefined ? failureLines(ended.lastLines) : [causeOf(diagnose('RUN034', written))];
  account.onNote({ kind: 'failure', state: call.state, attempt: call.attempt, title, lines, log });
  return { state: 'failed', reason: 'Unknown Error', message: lines.at(-1) ?? title, log, ended };
}

/** A job whose role may not do what it did, or what comes before it. */
function denied(account: Account, call: TaskCall, { text, action, resource }: Denial, log: string): SparkEnd {
  const title = `its role may not ${action} on ${resource}`;
  account.onNote({ kind: 'failure', state: call.state, attempt: call.attempt, title, lines: [text], log });
  return { state: 'failed', reason: 'Access Denied', message: text, log };
}

/** How many lines of a failed job are shown; its log has them all. */
const SHOWN = 20;

/** Spark's own running commentary: `26/11/24 22:51:45 INFO …`. */
const COMMENTARY = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d (TRACE|DEBUG|INFO|WARN) /;
/** The JVM's stack, which says nothing that the exception's own line does not. */
const JVM_STACK = /^\s+at [\w.$<>]+\(.*\)$|^\s*\.\.\. \d+ more$/;

/** The last lines that a failed Spark job has itself to say, without Spark's commentary and the JVM's stack. */
export function failureLines(lines: readonly string[]): string[] {
  const passedOver = [/^\s*$/, COMMENTARY, JVM_STACK, REMARK_OF_LISTENER];
  return lines.filter((line) => !passedOver.some((pattern) => pattern.test(line))).slice(-SHOWN);
}
