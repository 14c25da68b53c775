import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { machinesOf } from '../../acceptance/machines.ts';
import type { RunJson } from '../../acceptance/project.ts';
import type { Results } from '../../acceptance/results.ts';
import { ACCOUNT } from '../aws/deployer.ts';
import { snapshot } from '../deploy/snapshot.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';
import { PLACE, testAccount } from './account.ts';
import { checkExample, schemaErrors } from './results.ts';

const account = testAccount();

/** Runs checks, and answers their results: nothing is left of the run, and no account number stands in what is kept. */
async function checked(...only: readonly number[]): Promise<Results & { readonly code: number | null }> {
  const file = join(await folderWith(), 'results.json');
  const before = await snapshot();
  const { code, out, err } = await account.suite([...PLACE, '--yes', '--json', file, '--only', only.join(',')]);
  expect(err).toBe('');
  expect(await snapshot()).toEqual(before);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(ACCOUNT);
  const results = JSON.parse(text) as Results;
  expect(schemaErrors(results)).toEqual([]);
  expect(results.left).toEqual([]);
  const { passed, failed, notRun } = results.counts;
  expect(passed + failed + notRun).toBe(11);
  expect(out).toContain(`${passed} passed, ${failed} failed, ${notRun} not run`);
  expect(results.checks.filter(({ number }) => !only.includes(number)).map(({ verdict }) => verdict)).toEqual(
    Array(11 - only.length).fill('not run'),
  );
  return { ...results, code };
}

/** Each part of a check with its verdict, or with why it did not pass. */
function partsOf({ checks }: Results, number: number): Record<string, string> {
  const { parts } = checks.find((check) => check.number === number)!;
  return Object.fromEntries(
    parts.map(({ name, verdict, reason }) => [name, `${verdict}${reason ? `: ${reason}` : ''}`]),
  );
}

const ABSENT =
  'not run: The endpoint does not have the call: Unknown: UnknownError Unsupported service: access-analyzer';
const NO_EVENTS =
  'not run: CloudTrail has no event of the run’s roles: the checks 5 to 7 make some, and it shows them within about 15 minutes.';

test('checks run, what the endpoint does not have is not run, and nothing of it is left', async () => {
  // Without all of them what takes a part of a minute is left out, and the example is that of all.
  const results = await checked(1, 3, 8, 9, 11);
  const machines = await machinesOf(REPOSITORY, { partition: 'aws', region: 'us-east-1', account: ACCOUNT });
  expect(machines.length).toBeGreaterThan(100);
  expect(partsOf(results, 1)).toEqual({
    [`${machines.length} machines`]: 'passed',
    'a machine with a fault is refused': 'passed',
  });
  expect(partsOf(results, 3)).toEqual({ 'a tick': 'passed', 'a name that is taken': 'passed' });
  expect(Object.values(partsOf(results, 11))).toEqual(['passed', 'passed', 'passed']);
  expect(results.endpoint).toBe('another');
  expect(results.code).toBe(0);
  expect(results.counts).toEqual({ passed: 4, failed: 0, notRun: 7 });
  expect(Object.values(partsOf(results, 8))).toEqual(['passed', ABSENT, 'passed', NO_EVENTS]);
  expect(partsOf(results, 9)).toEqual({
    redrive: 'passed',
    'resume after a deploy': 'passed',
    rollback: 'passed',
    backfill: 'passed',
  });
  checkExample(results);
}, 600_000);

// The other checks deploy and wait for longer than a test of every day may take.
test('the checks that take minutes', async () => {
  const results = await checked(2, 4, 5, 7, 10);
  expect(Object.values(partsOf(results, 2))).toEqual(Array(6).fill('passed'));
  expect(Object.values(partsOf(results, 4))).toEqual(Array(20).fill('passed'));
  expect(partsOf(results, 5)).toEqual({ 'crawl, query, report': 'passed', 'error names': 'passed' });
  // Clusters of this machine are there at once.
  expect(partsOf(results, 7)).toEqual({
    'stopped while its cluster starts': 'passed',
    'stopped while a step runs': 'passed',
    'a create that times out': 'not run: The cluster was there within the minute that the run waits for it.',
  });
  expect(partsOf(results, 10)).toEqual({ 'destroy of what never ran': 'passed', 'destroy of what has run': 'passed' });
  expect(results.code).toBe(0);
});

// Spark's jobs of the sample, on what the checks before it left of this machine's Python.
test('the datalake DAG runs on the sample', async () => {
  const results = await checked(6);
  expect(partsOf(results, 6)).toEqual({ 'deploy and run': 'passed', 'the cost that dagwright says': 'passed' });
  const { answer } = results.checks.find(({ number }) => number === 6)!.answers[0]!;
  const { tasks } = answer as RunJson;
  expect(tasks.length).toBeGreaterThan(20);
  expect(tasks.filter(({ state }) => state !== 'success')).toEqual([]);
  expect(results.code).toBe(0);
}, 1_200_000);

test('a check that fails is counted as failed, and the run ends with 1', async () => {
  const file = join(await folderWith(), 'results.json');
  const before = await snapshot();
  account.proxy.begin((_n, call) =>
    call.endsWith('ValidateStateMachineDefinition')
      ? { status: 200, body: JSON.stringify({ result: 'OK', diagnostics: [] }) }
      : 'pass',
  );
  const { code, out } = await account.suite([...PLACE, '--yes', '--json', file, '--only', '1']);
  account.proxy.begin(() => 'pass');
  expect(code).toBe(1);
  expect(out).toMatch(/0 passed, 1 failed, 10 not run/);
  const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
  expect(partsOf(results, 1)['a machine with a fault is refused']).toBe(
    'failed: A state whose Next does not exist is not refused.',
  );
  expect(await snapshot()).toEqual(before);
});

test('what is refused makes nothing', async () => {
  const before = await snapshot();
  const cases: readonly (readonly [args: readonly string[], code: number, said: RegExp, env?: NodeJS.ProcessEnv])[] = [
    [['--region', 'us-east-1'], 2, /ACC004.*--bucket/],
    [['--bucket', 'my-artifacts'], 2, /ACC004.*--region/],
    [[...PLACE, '--only', 'tabels'], 2, /ACC001.*"tabels"[\s\S]*Did you mean "tables"/],
    [[...PLACE, '--only', '12'], 2, /ACC001/],
    [[...PLACE, '--budget', 'five'], 2, /ACC002/],
    [[...PLACE, '--budget', '0'], 2, /ACC002/],
    [[...PLACE, '--budget=-5'], 2, /ACC002/],
    [[...PLACE, '--budget', '0.10', '--yes'], 1, /ACC003[\s\S]*6 datalake \$[\s\S]*--only 1 2/],
    [[...PLACE, '--budget', '1', '--only', '6', '--yes'], 1, /ACC003[\s\S]*--budget: none of the chosen checks fits/],
    [[...PLACE, '--unheard-of'], 2, /ACC010.*--unheard-of/],
    [[...PLACE, '--clean', '--run', 'mine'], 2, /ACC008/],
    [[...PLACE, '--only', '1'], 2, /ACC007/],
    [['--region', 'useast1', '--bucket', 'my-artifacts', '--yes'], 1, /ACC006/],
    [['--region', 'us-east-1', '--bucket', 'no-such-bucket', '--yes'], 1, /ACC005.*does not exist/],
    [['--region', 'us-east-1', '--bucket', 'My_Bucket', '--yes'], 1, /ACC005.*no name/],
    [['--region', 'eu-west-1', '--bucket', 'my-artifacts', '--yes'], 1, /ACC005.*is in us-east-1/],
    [[...PLACE, '--yes'], 3, /AWS00[12]/, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }],
    [[...PLACE, '--profile', 'nobody', '--yes'], 3, /AWS001/],
    [
      ['--region', 'eu-wset-1', '--bucket', 'b-of-mine', '--yes'],
      1,
      /ACC006[\s\S]*eu-west-1/,
      { AWS_ENDPOINT_URL: undefined },
    ],
  ];
  for (const [args, code, said, env] of cases) {
    const ended = await account.suite(args, env);
    expect([args.join(' '), ended.code, ended.err]).toEqual([args.join(' '), code, expect.stringMatching(said)]);
  }
  expect(await snapshot()).toEqual(before);
});
