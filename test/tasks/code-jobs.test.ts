import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { namesOf } from '../../aws/names.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import type { Manifest, PolicyDocument } from '../../manifest/manifest.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const values = {
  ...place,
  machine: 'm',
  cleanup: 'm-cleanup',
  assets: 's3://artifacts/dagwright/m/assets',
  assetsBucket: 'artifacts',
  assetsPath: 'artifacts/dagwright/m/assets',
  lake: 'lake',
  ...{ shell: 'shell', task: 'task', pull: 'pull', job: 'job' },
};

let machine: StateMachine;
let manifest: Manifest;
let policy: string;
beforeAll(async () => {
  const { compiled } = await compileFolder(join(root, 'test/cases/one-function-four-places'), root, ['one_function']);
  const text = (name: string) => compiled[0]!.files.get(name) as string;
  machine = JSON.parse(text('step_function.json')) as StateMachine;
  manifest = JSON.parse(text('manifest.json')) as Manifest;
  policy = text('policy.json');
});

/** By task, the policy of the role that its function has. */
function policies(): { readonly [task: string]: PolicyDocument } {
  const { env, functions } = manifest;
  const own = functions!.find(({ task }) => task === 'small')!.policy!;
  return { small: own, longer: env.shell!.policy!, larger: env.task!.policy!, queued: env.job!.policy! };
}

const TASKS = ['small', 'longer', 'larger', 'queued'];
const JOBS = ['longer', 'larger', 'queued'];

describe.each(TASKS)('the role of %s', (task) => {
  const may = (action: string, resource: string) =>
    allows(filled(JSON.stringify(policies()[task]), values), { action, resource });

  // The same four times: what the function may do does not depend on where it runs.
  test.each([
    ['s3:GetObject', 'arn:aws:s3:::lake/clean/a.csv', true],
    ['s3:PutObject', 'arn:aws:s3:::lake/clean/a.csv', true],
    ['s3:DeleteObject', 'arn:aws:s3:::lake/clean/a.csv', true],
    ['s3:ListBucket', 'arn:aws:s3:::lake', true],
    ['s3:GetObject', 'arn:aws:s3:::lake2/clean/a.csv', false],
    ['s3:PutObject', 'arn:aws:s3:::other/a.csv', false],
    ['s3:PutObject', 'arn:aws:s3:::artifacts/dagwright/m/assets/clean-1/clean.zip', false],
    ['s3:DeleteObject', 'arn:aws:s3:::artifacts/dagwright/m/record.json', false],
    ['s3:GetObject', 'arn:aws:s3:::artifacts/dagwright/m/record.json', false],
    ['s3:GetObject', 'arn:aws:s3:::artifacts/dagwright/m2/assets/clean-1/clean.zip', false],
    ['glue:StartJobRun', 'arn:aws:glue:eu-west-1:111122223333:job/m_longer', false],
    ['states:StartExecution', 'arn:aws:states:eu-west-1:111122223333:stateMachine:m', false],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/task', false],
  ])('%s on %s: %s', (action, resource, is) => {
    expect(may(action, resource)).toBe(is);
  });
});

describe.each(JOBS)('the role of the job of %s', (task) => {
  const may = (action: string, resource: string) =>
    allows(filled(JSON.stringify(policies()[task]), values), { action, resource });
  const answers = (name: string) => `arn:aws:s3:::artifacts/dagwright-answers/${name}/x/answer.json`;

  test('fetches its code, writes its own answers, and reads none', () => {
    expect(may('s3:GetObject', 'arn:aws:s3:::artifacts/dagwright/m/assets/clean-1/clean.zip')).toBe(true);
    expect(may('s3:PutObject', answers(`m/${task}`))).toBe(true);
    expect(may('s3:GetObject', answers(`m/${task}`))).toBe(false);
    for (const other of [...JOBS.filter((one) => one !== task).map((one) => `m/${one}`), `m2/${task}`, `m/${task}2`])
      expect([other, may('s3:PutObject', answers(other))]).toEqual([other, false]);
  });
});

test('who assumes the roles', () => {
  const { env } = manifest;
  expect([env.shell, env.task, env.job, env.pull].map((one) => one!.assumedBy)).toEqual([
    ['glue.amazonaws.com'],
    ['ecs-tasks.amazonaws.com'],
    ['ecs-tasks.amazonaws.com'],
    ['ecs-tasks.amazonaws.com'],
  ]);
});

describe('the machine', () => {
  const may = (action: string, resource: string, context?: Record<string, string>) =>
    allows(filled(policy, values), { action, resource, ...(context && { context }) });

  test('reads the answers and the errors of its own tasks alone, and writes none', () => {
    for (const task of JOBS)
      for (const name of ['answer.json', 'error.json']) {
        const key = `arn:aws:s3:::artifacts/dagwright-answers/m/${task}/4f/${name}`;
        expect([key, may('s3:GetObject', key), may('s3:PutObject', key)]).toEqual([key, true, false]);
      }
    for (const other of ['m/small/4f/answer.json', 'm2/longer/4f/answer.json', 'm/longer/4f/other.json'])
      expect([other, may('s3:GetObject', `arn:aws:s3:::artifacts/dagwright-answers/${other}`)]).toEqual([other, false]);
    expect(may('s3:GetObject', 'arn:aws:s3:::lake/clean/a.csv')).toBe(false);
  });

  test('hands on the roles that the tasks name, each to who assumes it', () => {
    const passes = (role: string, service: string) =>
      may('iam:PassRole', `arn:aws:iam::111122223333:role/${role}`, { 'iam:PassedToService': service });
    expect(passes('shell', 'glue.amazonaws.com')).toBe(true);
    expect(passes('shell', 'ecs-tasks.amazonaws.com')).toBe(false);
    expect(passes('task', 'ecs-tasks.amazonaws.com') && passes('pull', 'ecs-tasks.amazonaws.com')).toBe(true);
    // The job definition names it, not the call.
    expect(passes('job', 'ecs-tasks.amazonaws.com')).toBe(false);
  });

  test('names the archive of the code by its content, once for the same code', () => {
    const { archives = [], assets } = manifest;
    const keys = Object.fromEntries(archives.map(({ task, key }) => [task, key]));
    expect(keys.larger).toBe(keys.queued);
    // Made for another Python.
    expect(keys.longer).not.toBe(keys.larger);
    expect(archives.map(({ runtime }) => runtime).sort()).toEqual(['python3.13', 'python3.13', 'python3.9']);
    expect(assets.map(({ path }) => path)).toEqual(['dagwright:engines/functions/run_code.py']);
    const text = JSON.stringify(machine);
    for (const { key } of [...archives, ...assets]) expect(text).toContain(`\${assets}/${key}`);
  });

  test('tells containers their region, and has its answers where destroy looks for them', () => {
    const states = [...walkStates(machine)];
    for (const name of ['larger: run', 'queued: run']) {
      const { state } = states.find((one) => one.name === name)!;
      expect(JSON.stringify(state)).toContain('{"Name":"AWS_DEFAULT_REGION","Value":"${region}"}');
    }
    const { answersPrefix } = namesOf({ prefix: '', dag: values.machine, artifacts: 'a' }, place);
    const call = states.find(({ name }) => name === 'longer: call')!.state;
    expect(JSON.stringify(filled(JSON.stringify(call), values))).toContain(`'${answersPrefix}longer/' & $uuid()`);
  });
});
