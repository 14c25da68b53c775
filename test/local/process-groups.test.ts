import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LastLines, ProcessGroups } from '../../engines/process/process-groups.ts';
import { processStart } from '../../project/lock.ts';
import { folderWith, REPOSITORY, until } from './support.ts';

/** A command that starts another one and writes both numbers down; neither ends by itself. */
const FAMILY = `
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time\\nwhile True: time.sleep(1)"])
with open("pids.tmp", "w") as out: out.write(f"{os.getpid()} {child.pid}")
os.rename("pids.tmp", "pids")
print("started", flush=True)
while True: time.sleep(1)
`;

async function pidsIn(folder: string): Promise<number[]> {
  let pids: number[] = [];
  await until(async () => {
    pids = (await readFile(join(folder, 'pids'), 'utf8').catch(() => '')).split(' ').map(Number);
    return pids.length === 2;
  });
  return pids;
}
const gone = (pids: readonly number[]) => until(() => pids.every((pid) => processStart(pid) === undefined));

describe('a command', () => {
  test('ends with its code, its output in the log, its last lines kept', async () => {
    const folder = await folderWith();
    const lines: string[] = [];
    const ended = await new ProcessGroups().run({
      program: process.execPath,
      args: [
        '-e',
        'for (let i = 0; i < 500; i++) console.log("line " + i); console.error("last"); process.exitCode = 3',
      ],
      log: join(folder, 'logs/x.log'),
      onLine: (line) => lines.push(line),
    });
    expect(ended.code).toBe(3);
    expect(ended.aborted).toBe(false);
    expect(ended.lastLines).toHaveLength(200);
    expect(ended.lastLines).toContain('line 499');
    expect(lines).toHaveLength(501);
    expect(lines).toContain('last');
    expect((await readFile(join(folder, 'logs/x.log'), 'utf8')).split('\n')).toHaveLength(502);
  });

  test('under the guard ends with its code too', async () => {
    const guarded = (code: string) =>
      new ProcessGroups().run({ program: 'python3', args: ['-c', code], guard: 'python3' });
    expect(await guarded('raise SystemExit(4)')).toMatchObject({ code: 4 });
    expect(await guarded('import os; os.kill(os.getpid(), 9)')).toMatchObject({ code: 137 });
    expect(await new ProcessGroups().run({ program: '/nowhere/x', args: [], guard: 'python3' })).toMatchObject({
      code: 127,
      lastLines: ['/nowhere/x: No such file or directory'],
    });
  });

  test('that cannot be started is an error', async () => {
    await expect(new ProcessGroups().run({ program: '/nowhere/x', args: [] })).rejects.toThrow('ENOENT');
  });

  test.each([[undefined], ['python3']])('that is aborted ends with everything it started (guard %s)', async (guard) => {
    const folder = await folderWith();
    const stop = new AbortController();
    const run = new ProcessGroups().run({
      program: 'python3',
      args: ['-c', FAMILY],
      cwd: folder,
      signal: stop.signal,
      ...(guard !== undefined && { guard }),
    });
    const pids = await pidsIn(folder);
    stop.abort();
    expect(await run).toMatchObject({ aborted: true });
    await gone(pids);
  });

  test('leaves nothing behind when it ends by itself', async () => {
    const folder = await folderWith();
    const code = FAMILY.replace(/while True: time.sleep\(1\)\n$/, '');
    expect(
      await new ProcessGroups().run({ program: 'python3', args: ['-c', code], cwd: folder, guard: 'python3' }),
    ).toMatchObject({ code: 0 });
    await gone(await pidsIn(folder));
  });
});

test('lines of the two streams are not mixed, and what has no end yet is a line too', () => {
  const seen: string[] = [];
  const last = new LastLines(3, (line) => seen.push(line));
  last.add('out', 'one\r\ntw');
  last.add('err', 'fault\nhal');
  last.add('out', 'o\n');
  expect(seen).toEqual(['one', 'fault', 'two']);
  expect(last.lines()).toEqual(['fault', 'two', 'hal']);
});

test('what a killed dagwright was running ends with it', async () => {
  const folder = await folderWith();
  const parent = spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn('python3', [${JSON.stringify(join(REPOSITORY, 'engines/process/guard.py'))}, 'python3', '-c', ${JSON.stringify(FAMILY)}], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] }); setInterval(() => {}, 1000)`,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const pids = await pidsIn(folder);
  expect(pids.map(processStart)).not.toContain(undefined);
  parent.kill('SIGKILL');
  await gone(pids);
  expect(pids.map(processStart)).toEqual([undefined, undefined]);
});
