import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessGroups } from '../../local/process/process-groups.ts';
import { pythonEnvironment } from '../../local/python/environment.ts';
import { REPOSITORY } from '../local/support.ts';

/** An AWS endpoint of its own on this machine. */
export interface Ministack {
  readonly url: string;
  /** Forgets everything. */
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What every client in a test finds in the environment of the process. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** The account of ministack's ARNs. */
export const ACCOUNT = '000000000000';

/**
 * Starts ministack on a free port of 127.0.0.1, from the Python environment of the tests, and points this process's SDK clients at it
 * (AWS_ENDPOINT_URL), until it is stopped.
 */
export async function startMinistack(): Promise<Ministack> {
  const python = await pythonEnvironment({
    project: REPOSITORY,
    folder: join(REPOSITORY, '.dagwright/python'),
    spark: '3.5.6',
    extra: ['requirements-test.txt'],
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: () => {},
  });
  const folder = await mkdtemp(join(tmpdir(), 'dagwright-ministack-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const server = spawn(join(python.bin, 'ministack'), [], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => output.push(String(text)));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await whenUp(url, () => {
    if (server.exitCode !== null) throw new Error(`ministack ended:\n${output.join('')}`);
  });
  const before = { ...process.env };
  Object.assign(process.env, CREDENTIALS, { AWS_ENDPOINT_URL: url });
  return {
    url,
    reset: async () => {
      const { ok } = await fetch(`${url}/_ministack/reset`, { method: 'POST' });
      if (!ok) throw new Error('ministack could not be reset');
    },
    stop: async () => {
      for (const name of [...Object.keys(CREDENTIALS), 'AWS_ENDPOINT_URL'])
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function whenUp(url: string, check: () => void): Promise<void> {
  for (let i = 0; i < 1200; i += 1) {
    check();
    const up = await fetch(`${url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('ministack did not start within a minute');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
