import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Stop } from '../../diagnostics/index.ts';
import { writeJson } from '../../project/files.ts';
import { lockLake, processStart } from '../../project/lock.ts';
import { folderWith, until } from './support.ts';

const RUN = { dag: 'datalake', run: 'run-2', since: '2026-01-01T00:00:00.000Z' };

async function otherProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await until(() => processStart(child.pid!) !== undefined);
  return {
    pid: child.pid!,
    started: processStart(child.pid!)!,
    end: () => new Promise((done) => child.once('exit', done).kill('SIGKILL')),
  };
}

test('a second run on the lake is refused while the first lives, and says whose it is', async () => {
  const root = await folderWith();
  const other = await otherProcess();
  await writeJson(join(root, 'run.lock.json'), { ...RUN, run: 'run-1', pid: other.pid, started: other.started });
  const refusal = await lockLake(root, RUN).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Stop);
  const { diagnostics, exitCode } = refusal as Stop;
  expect(exitCode).toBe(1);
  expect(diagnostics[0]!.code).toBe('RUN010');
  expect(diagnostics[0]!.message).toContain(`process ${other.pid}`);
  expect(diagnostics[0]!.message).toContain('2026-01-01T00:00:00.000Z');
  await other.end();

  const { unlock, dead } = await lockLake(root, RUN);
  expect(dead).toBe('run-1');
  await unlock();
});

test('the lock of a process whose number somebody else has now is taken over', async () => {
  const root = await folderWith();
  const other = await otherProcess();
  await writeJson(join(root, 'run.lock.json'), { ...RUN, run: 'run-1', pid: other.pid, started: 'ticks 1' });
  const { dead } = await lockLake(root, RUN);
  expect(dead).toBe('run-1');
  await other.end();
});

test('of two that come at once one gets the lake', async () => {
  const root = await folderWith();
  const both = await Promise.allSettled([lockLake(root, RUN), lockLake(root, { ...RUN, run: 'run-3' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('what is released is free', async () => {
  const root = await folderWith();
  const { unlock } = await lockLake(root, RUN);
  expect(JSON.parse(await readFile(join(root, 'run.lock.json'), 'utf8'))).toMatchObject({
    pid: process.pid,
    run: 'run-2',
  });
  await unlock();
  const again = await lockLake(root, RUN);
  expect(again.dead).toBeUndefined();
  await again.unlock();
});
