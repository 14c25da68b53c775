import { join } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import { type Account, HERE } from '../engine.ts';
import type { Ended } from '../process/process-groups.ts';

/** The code of a job of the DAG, on this machine. */
export interface LocalJobCode {
  /** The folder of its code. */
  readonly folder: string;
  /** The program that runs it, with the file in the folder that it is given. */
  readonly program: string;
  readonly main: string;
  /** Whether that is Python, which then also sees that the job ends with whoever waits for it. */
  readonly isPython: boolean;
  /** The addresses of services on this machine. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The code that a job is told to fetch, by the arguments that it is given; undefined of any other job. */
export function jobCodeIn(account: Account, args: readonly unknown[]): LocalJobCode | undefined {
  const at = args.indexOf('--code');
  return at < 0 ? undefined : account.jobCode?.get(`${args[at + 1]}`);
}

/**
 * Runs the code of a job in a process of its own, as its archive is run at AWS: what it is called with, and where its answer goes, stands in
 * its arguments.
 * @param signal ends it, besides the call's own
 */
export async function runJobCode(
  account: Account,
  { folder, program, main, isPython, environment }: LocalJobCode,
  job: {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    readonly log: string;
    readonly signal: AbortSignal;
  },
  call: TaskCall,
): Promise<Ended> {
  const { PATH, HOME, TMPDIR } = account.env;
  return account.groups.run({
    program,
    args: [...(isPython ? [] : ['--enable-source-maps']), join(folder, main), ...job.args],
    ...(isPython && { guard: program }),
    cwd: job.cwd,
    env: {
      ...(PATH !== undefined && { PATH }),
      ...(HOME !== undefined && { HOME }),
      ...(TMPDIR !== undefined && { TMPDIR }),
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_REGION: HERE.region,
      AWS_DEFAULT_REGION: HERE.region,
      // For whoever signs: nothing here checks a signature.
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment,
      ...job.env,
    },
    log: job.log,
    signal: AbortSignal.any([call.signal, job.signal]),
  });
}
