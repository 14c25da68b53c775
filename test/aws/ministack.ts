import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { pythonEnvironment } from '../../engines/python/environment.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

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

/** Starts ministack on a free port. */
export async function startMinistack(): Promise<Ministack> {
  const program = await pythonProgram('ministack');
  const port = await freePort();
  const child = spawn(program, [], {
    cwd: await folderWith(),
    stdio: 'ignore',
    env: { ...process.env, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    reset: async () => {
      const { ok } = await fetch(`${url}/_ministack/reset`, { method: 'POST' });
      if (!ok) throw new Error('ministack could not be reset');
    },
    stop: async () => {
      const ended = new Promise((done) => child.once('close', done));
      if (child.exitCode === null && child.kill('SIGKILL')) await ended;
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

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error(`ministack ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('ministack did not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
