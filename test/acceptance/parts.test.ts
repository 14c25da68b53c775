import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blanked } from '../../acceptance/blank.ts';
import { dollars, keepWithin, mostOf } from '../../acceptance/budget.ts';
import type { Check } from '../../acceptance/check.ts';
import { ownDatalake } from '../../acceptance/checks/06-datalake.ts';
import { stoppedDag } from '../../acceptance/checks/07-stops.ts';
import { CHECKS } from '../../acceptance/checks.ts';
import { isUnderWay, type Journal } from '../../acceptance/journal.ts';
import { runIn, runOfRole } from '../../acceptance/mark.ts';
import { readOptions, USAGE } from '../../acceptance/options.ts';
import { answered } from '../../acceptance/patience.ts';
import { jsonataCases, stateCases } from '../../acceptance/recorded.ts';
import { Failed, missingOperation, NotRun, verdictOf, verdictOn } from '../../acceptance/verdict.ts';
import { thisProcess } from '../../deploy/lock.ts';
import { Stop } from '../../diagnostics/index.ts';
import { groupsHour } from '../../tasks/emr/prices.ts';
import { runCommand } from '../command.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

const read = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');

/** A check as its row in docs/acceptance.md. */
const rowOf = ({ number, name, title, makes, most, why }: Check) =>
  `| ${number} | \`${name}\` | ${title} | ${makes} | ${most === 0 ? '' : `${dollars(most)}: `}${why} |`;

describe('documents', () => {
  test('docs/acceptance.md has every check as the suite has it', () => {
    const rows = read('docs/acceptance.md')
      .split('\n')
      .filter((line) => /^\| \d+ \|/.test(line));
    expect(rows).toEqual(CHECKS.map(rowOf));
    expect(CHECKS.map(({ number }) => number)).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
  });

  test('docs/acceptance.md and --help have every option', () => {
    const inHelp = [...USAGE.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option!);
    const page = read('docs/acceptance.md');
    expect(inHelp.filter((option) => option !== '--help' && !page.includes(`\`${option}`))).toEqual([]);
    expect(inHelp.length).toBeGreaterThan(9);
  });

  test('everything that is chosen without saying more is within the budget', () => {
    const options = readOptions(['--region', 'eu-west-1', '--bucket', 'b-of-mine'], CHECKS);
    if (options === 'help') throw new Error('no help was asked for');
    expect(mostOf(options.checks)).toBeLessThan(options.budget);
    expect(() => keepWithin(options.budget, options.checks)).not.toThrow();
    expect(() => keepWithin(1, options.checks)).toThrow(/ACC003/);
    expect(options.checks.length).toBe(11);
  });
});

test('the bounds of checks with clusters are not below what their clusters may take', () => {
  const hour = (type: string) => groupsHour([{ type, count: 1 }]).most!;
  const most = (name: string) => CHECKS.find((check) => check.name === name)!.most;
  // One m5.xlarge and two m5.2xlarge for an hour and three quarters; three times an m5.xlarge for an hour.
  expect(most('datalake')).toBeGreaterThanOrEqual(1.75 * (hour('m5.xlarge') + 2 * hour('m5.2xlarge')));
  expect(most('stops')).toBeGreaterThanOrEqual(3 * hour('m5.xlarge'));
  // A crawl takes ten minutes on two DPU at least.
  expect(most('tables')).toBeGreaterThanOrEqual((2 * 0.44 * 10) / 60);
});

describe('the mark of a run', () => {
  test.each([
    ['dwa-0a1b2c3d-first', 'dwa-0a1b2c3d'],
    ['dagwright-dwa-0a1b2c3d-first-start', 'dwa-0a1b2c3d'],
    ['/aws/vendedlogs/states/dwa-0a1b2c3d-first', 'dwa-0a1b2c3d'],
    ['dwa_0a1b2c3d_tables', 'dwa-0a1b2c3d'],
    ['dwa-0a1b2c3d', undefined],
    ['dwa-0a1b2c3dx-first', undefined],
    ['dwa-0A1B2C3D-first', undefined],
    ['my-dwa-0a1b2c3d-first', undefined],
    ['dagwright-prod-dwa-0a1b2c3d-first', undefined],
    ['', undefined],
  ])('%s is of %s', (name, run) => expect(runIn(name)).toBe(run));

  test('a role has it behind its path', () => {
    expect(runOfRole('arn:aws:iam::111122223333:role/service/dagwright-dwa-0a1b2c3d-t-env-r')).toBe('dwa-0a1b2c3d');
    expect(runOfRole('arn:aws:iam::111122223333:role/dwa-0a1b2c3d-x/admin')).toBeUndefined();
  });
});

describe('verdicts', () => {
  test('what was not run is not passed', () => {
    const part = (verdict: 'passed' | 'failed' | 'not run') => ({ name: verdict, verdict, seconds: 0 });
    expect(verdictOf([])).toBe('not run');
    expect(verdictOf([part('passed')])).toBe('passed');
    expect(verdictOf([part('passed'), part('not run')])).toBe('not run');
    expect(verdictOf([part('not run'), part('failed'), part('passed')])).toBe('failed');
  });

  test('only an answer that says that there is no such call makes a part not run', () => {
    const error = (name: string, message: string, status: number) =>
      Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
    expect(missingOperation(error('UnknownOperationException', '', 400))).toBeDefined();
    expect(missingOperation(error('InvalidAction', 'The action X is not valid', 400))).toBeDefined();
    expect(missingOperation(error('NotImplemented', 'no', 501))).toBeDefined();
    expect(missingOperation(error('AccessDeniedException', 'Unknown operation', 403))).toBeUndefined();
    expect(missingOperation(error('ValidationException', 'Unsupported value', 400))).toBeUndefined();
    expect(missingOperation(error('InternalFailure', 'failed', 500))).toBeUndefined();
    expect(verdictOn(error('AccessDenied', 'no', 403))).toEqual({ verdict: 'failed', reason: 'AccessDenied: no' });
    expect(verdictOn(new NotRun('not here')).verdict).toBe('not run');
    expect(verdictOn(new Failed('wrong'))).toEqual({ verdict: 'failed', reason: 'wrong' });
    expect(verdictOn(new Stop([])).verdict).toBe('failed');
  });
});

test('account numbers, names, keys and signatures are taken out of what is kept', () => {
  const whose = { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/Admin/jane@example.com' };
  const value = {
    'arn:aws:iam::111122223333:role/r': ['arn:aws-cn:s3:::b', 'arn:aws:states:eu-west-1:444455556666:stateMachine:m'],
    by: 'arn:aws:sts::111122223333:assumed-role/Admin/jane@example.com',
    bucket: 'lake-111122223333-eu',
    key: 'AKIAIOSFODNN7EXAMPLE',
    url: 'https://x?X-Amz-Signature=abc&X-Amz-Date=1',
    number: 42,
  };
  expect(blanked(value, whose)).toEqual({
    'arn:aws:iam::<account>:role/r': ['arn:aws-cn:s3:::b', 'arn:aws:states:eu-west-1:<account>:stateMachine:m'],
    by: 'arn:aws:sts::<account>:<caller>',
    bucket: 'lake-<account>-eu',
    key: '<key>',
    url: 'https://x?X-Amz-Signature=<signature>&X-Amz-Date=1',
    number: 42,
  });
});

describe('what is asked again', () => {
  const onTurn = (turns: number) => {
    let left = turns;
    return async () => (--left < 0 ? 'there' : undefined);
  };

  test('until it is there, or so many times, or for so long', async () => {
    expect(await answered(onTurn(3), { everyMs: 1 })).toBe('there');
    expect(await answered(onTurn(3), { times: 3, everyMs: 1 })).toBeUndefined();
    expect(await answered(onTurn(3), { times: 4, everyMs: 1 })).toBe('there');
    expect(await answered(onTurn(0), { ms: 0, everyMs: 1 })).toBe('there');
    expect(await answered(onTurn(1), { ms: 0, everyMs: 1 })).toBeUndefined();
    // However long it would be until the next time, it is asked once more at the end.
    expect(await answered(onTurn(1), { ms: 5, everyMs: 3_600_000 })).toBe('there');
  });

  test('until it is interrupted', async () => {
    const stop = new AbortController();
    const asked = answered(async () => stop.abort(new Error('Ctrl-C')) as undefined, {
      everyMs: 1,
      signal: stop.signal,
    });
    await expect(asked).rejects.toThrow('Ctrl-C');
  });
});

test('a run is under way while its process is there, or was heard of lately on another machine', () => {
  const own = thisProcess();
  const journal = (process: Journal['process'], renewed: number): Journal => ({
    ...{ journalVersion: 1, run: 'dwa-0a1b2c3d', process, started: '', checks: [] },
    renewed: new Date(renewed).toISOString(),
  });
  const now = Date.now();
  expect(isUnderWay(journal({ ...own, pid: process.ppid }, 0), now)).toBe(true);
  expect(isUnderWay(journal({ ...own, pid: 2 ** 22 - 7 }, now), now)).toBe(false);
  expect(isUnderWay(journal({ ...own, host: 'another' }, now - 60_000), now)).toBe(true);
  expect(isUnderWay(journal({ ...own, host: 'another' }, now - 600_000), now)).toBe(false);
});

test('the recorded cases are many, and know another answer from theirs', async () => {
  const cases = [...jsonataCases(), ...(await stateCases(REPOSITORY))];
  expect(cases.length).toBeGreaterThan(300);
  const agreeing = cases.filter(
    ({ otherwise }) => otherwise({ status: 'SUCCEEDED', output: '"another"' }) === undefined,
  );
  expect(agreeing.map(({ id }) => id)).toEqual([]);
  expect(cases.filter(({ mustFail }) => mustFail).length).toBeGreaterThan(50);
});

test.each([true, false])('the datalake DAG compiles with a database of its own (a subnet: %s)', async (hasSubnet) => {
  const text = ownDatalake(read('dags/datalake.ts'), { database: 'dwa_0a1b2c3d_datalake', hasSubnet });
  const folder = await folderWith({ 'package.json': '{}', 'dags/datalake.ts': text });
  for (const name of ['sql', 'spark']) await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
  const { code, err } = await runCommand(['compile'], { cwd: folder, env: process.env });
  expect([code, err]).toEqual([0, '']);
  const machine = readFileSync(join(folder, 'dist/datalake/step_function.json'), 'utf8');
  expect(machine).toContain('"dwa_0a1b2c3d_datalake"');
  expect(machine.includes('${subnet}')).toBe(hasSubnet);
});

test('the DAG that is stopped can be in a subnet, and have another time to start', () => {
  const text = stoppedDag(read('acceptance/dags/stopped.ts'), "const START = '1m'", 'subnet-1');
  expect(text).toContain("const START = '1m';");
  expect(text).toMatch(/primary: .*\n {4}subnet: 'subnet-1',\n {4}serviceRole/);
});
