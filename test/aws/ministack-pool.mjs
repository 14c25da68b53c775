// Jest's global setup: lends ministack to test files (test/aws/ministack.ts). It takes a second to start, so a file gets the one that
// another has done with, emptied. Whoever lends one keeps a connection open; when that closes, however it ends, the next file may have it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export default async function pool() {
  const free = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    createInterface({ input: socket }).once('line', async (python) => {
      try {
        const ministack = await emptied(free.pop(), python);
        socket.once('close', () => free.push(ministack));
        if (socket.destroyed) free.push(ministack);
        else socket.write(`${ministack.url}\n`);
      } catch (error) {
        socket.end(`${error}\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  // Workers are started with the environment as it is after this.
  process.env.DAGWRIGHT_MINISTACK_POOL = String(server.address().port);
}

/** One that was lent before, if it is still there and forgets everything, else a new one. */
async function emptied(used, python) {
  if (used === undefined) return start(python);
  const answer = await fetch(`${used.url}/_ministack/reset`, { method: 'POST' }).catch(() => undefined);
  if (answer?.ok) return used;
  used.child.kill('SIGKILL');
  return start(python);
}

async function start(python) {
  const folder = await mkdtemp(join(tmpdir(), 'dagwright-ministack-'));
  const port = await freePort();
  const child = spawn(python, [join(import.meta.dirname, 'run_ministack.py')], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
  });
  child.once('close', () => rm(folder, { recursive: true, force: true }));
  child.unref();
  child.stdin.on('error', () => {}).unref();
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 1200; i++) {
    if (child.exitCode !== null) throw new Error(`ministack ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return { url, child };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('ministack did not answer');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
