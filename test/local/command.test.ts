import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { processStart } from '../../project/lock.ts';
import { startCommand } from '../command.ts';
import { sized, testOfAll } from '../sized.ts';
import { smallProject } from './pipeline.ts';
import { repositoryPython, until } from './support.ts';

beforeAll(async () => {
  await repositoryPython();
}, 300_000);

/** Starts `dagwright local` in a project. */
function dagwright(project: string, ...args: string[]) {
  return startCommand(['local', ...args], { cwd: project, env: process.env });
}

/** A project whose job waits for ever, and the number of that job once it does. */
async function waiting(): Promise<{ project: string; jobPid: () => Promise<number> }> {
  const project = await smallProject();
  await writeFile(join(project, 'input.json'), '{"params": {"mode": "sleep"}}');
  const jobPid = async () => {
    let pid = 0;
    await until(async () => {
      pid = Number(await readFile(join(project, '.dagwright/local/s3/my-lake/pid'), 'utf8').catch(() => '0'));
      return pid > 0;
    });
    return pid;
  };
  return { project, jobPid };
}

async function lastRecord(project: string): Promise<{ state: string }> {
  const runs = join(project, '.dagwright/local/runs');
  return JSON.parse(await readFile(join(runs, (await readdir(runs)).sort().at(-1)!, 'run.json'), 'utf8')) as {
    state: string;
  };
}

describe('dagwright local', () => {
  test('prints progress, tasks, answers and files, and ends with 0', async () => {
    const project = await smallProject();
    const { code, out, err } = await dagwright(project, 'small', '--html', 'pictures/mine.html').ended;
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^ +terminate_cluster +success/m);
    expect(out).toContain('How many rows are there?\n  n\n  2');
    expect(out).toContain('.dagwright/local/s3/my-lake/made.txt');
    expect(out).toMatch(/small succeeded in \d/);
    const picture = /a picture of the run: (\S+)/.exec(out)?.[1];
    expect(await readFile(join(project, 'pictures/mine.html'), 'utf8')).toBe(
      await readFile(join(project, picture!), 'utf8'),
    );
    // No colours where there is no terminal.
    expect(out).not.toMatch(/\x1b/);
  });

  test('--json gives the report alone on standard output', async () => {
    const project = await smallProject();
    const { code, out, err } = await dagwright(project, 'small', '--json').ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      dag: 'small',
      status: 'SUCCEEDED',
      answers: [{ task: 'query', rows: [['2']] }],
    });
    expect(err).toContain('query started');
  });

  test.each([
    [['nothing'], 1, 'RUN001'],
    [['small', '--mount', 'nonsense'], 2, 'RUN030'],
    [['small', '--input', 'nowhere.json'], 1, 'CLI001'],
    [['small', '--what'], 2, 'unknown option'],
    [[], 2, 'missing required argument'],
  ])('%j ends with %d', async (args, code, message) => {
    const project = await smallProject();
    const ended = await dagwright(project, ...args).ended;
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(message);
    expect(ended.err).not.toMatch(/^\s+at /m);
  });

  test.each((['SIGTERM', 'SIGINT'] as const).slice(0, sized(1, 2)))(
    '%s ends the jobs, says so, and ends with 1',
    async (signal) => {
      const { project, jobPid } = await waiting();
      const { child, ended } = dagwright(project, 'small', '--input', 'input.json');
      const pid = await jobPid();
      child.kill(signal);
      const { code, out, err } = await ended;
      expect(code).toBe(1);
      expect(err).toContain('Stopping');
      expect(out).toMatch(/job +aborted/);
      expect(out).toContain('small was stopped');
      expect(processStart(pid)).toBeUndefined();
      expect((await lastRecord(project)).state).toBe('ABORTED');
    },
  );

  testOfAll('killed outright it leaves no job behind, and the next run takes the lake', async () => {
    const { project, jobPid } = await waiting();
    const { child, ended } = dagwright(project, 'small', '--input', 'input.json');
    const pid = await jobPid();
    const refused = await dagwright(project, 'small').ended;
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`process ${child.pid}`);
    child.kill('SIGKILL');
    await ended;
    await until(() => processStart(pid) === undefined);
    expect((await dagwright(project, 'small').ended).code).toBe(0);
  });
});
