import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { pythonEnvironment } from '../../engines/python/environment.ts';
import { REPOSITORY } from '../local/support.ts';

/** An AWS endpoint on this machine: S3, IAM, EventBridge Scheduler, CloudWatch Logs … */
export interface Ministack {
  readonly url: string;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** The account of its ARNs. */
export const ACCOUNT = '000000000000';

/** Points this process's SDK clients at an endpoint. Each test file has an environment of its own. */
export function useEndpoint(url: string): void {
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
}

/** Borrows a ministack that is empty: one that another test file has done with, or a new one (ministack-pool.mjs). */
export async function startMinistack(): Promise<Ministack> {
  const python = await pythonProgram('python');
  const lent = connect(Number(process.env.DAGWRIGHT_MINISTACK_POOL), '127.0.0.1');
  lent.write(`${python}\n`);
  const said = await new Promise<string>((resolve, reject) => {
    lent.once('error', reject).once('close', () => reject(new Error('There is no pool of ministacks any more.')));
    createInterface({ input: lent }).once('line', resolve);
  });
  if (!said.startsWith('http:')) throw new Error(said);
  return {
    url: said,
    reset: async () => {
      const { ok } = await fetch(`${said}/_ministack/reset`, { method: 'POST' });
      if (!ok) throw new Error('ministack could not be reset');
    },
    stop: async () => {
      const closed = new Promise((done) => lent.once('close', done));
      lent.destroy();
      await closed;
    },
  };
}

/** A program of the Python environment that ministack is in, which is made the first time. */
export async function pythonProgram(name: string): Promise<string> {
  const { bin } = await pythonEnvironment({
    project: join(REPOSITORY, 'test/aws'),
    folder: join(REPOSITORY, '.dagwright/ministack'),
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: () => {},
  });
  return join(bin, name);
}
