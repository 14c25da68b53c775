import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommand } from '../command.ts';
import { REPOSITORY } from '../local/support.ts';

/** A package that is not ours, `dagwright-transcribe`, adds a service with what `dagwright/tasks` exports; a project installs it. */
let project = '';
const dagwright = (...args: string[]) => runCommand(args, { cwd: project, env: { ...process.env, NO_COLOR: '1' } });

beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-own-')));
  mkdirSync(join(project, 'node_modules'));
  mkdirSync(join(project, 'dags'));
  symlinkSync(REPOSITORY, join(project, 'node_modules/dagwright'));
  cpSync(join(import.meta.dirname, 'own-package'), join(project, 'node_modules/dagwright-transcribe'), {
    recursive: true,
  });
  writeFileSync(join(project, 'package.json'), '{ "name": "talks", "private": true, "type": "module" }');
  writeFileSync(join(project, 'dagwright.yaml'), '{}\n');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function write(...tasks: readonly string[]): void {
  const lines = [
    "import { Dag, env } from 'dagwright';",
    "import { broken, job, list } from 'dagwright-transcribe';",
    "const dag = new Dag('talks', { schedule: null, env: { lake: env.string(), topic: env.string(), teller: env.role() } });",
    'export default dag;',
    ...tasks,
    'void [broken, job, list];',
  ];
  writeFileSync(join(project, 'dags/talks.ts'), `${lines.join('\n')}\n`);
}

const MACHINE = 'dist/talks/step_function.json';
const TALK =
  "const heard = dag.task('hear', job({ media: `s3://${dag.env.lake}/talks/first.mp3`, bucket: dag.env.lake }), { executionTimeout: '1h' });";

test('its tasks compile, with their states, what they need and what they cost', async () => {
  write(TALK, "dag.task('others', list()).after(heard);");
  const { code, err } = await dagwright('compile');
  expect([code, err]).toEqual([0, '']);
  const read = (name: string) => readFileSync(join(project, 'dist/talks', name), 'utf8');
  const { States } = JSON.parse(read('step_function.json'));
  expect(Object.keys(States)).toEqual(expect.arrayContaining(['hear: start', 'hear: look', 'others']));
  expect(States['hear: start'].Arguments).toEqual({
    TranscriptionJobName: "{% 'talks-hear-' & $states.context.Execution.Name %}",
    LanguageCode: 'en-US',
    Media: { MediaFileUri: 's3://${lake}/talks/first.mp3' },
    OutputBucketName: '${lake}',
    Tags: [{ Key: 'region', Value: '${region}' }],
  });
  const actions = JSON.parse(read('policy.json')).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
  expect(actions).toEqual(
    expect.arrayContaining([
      's3:GetObject',
      's3:PutObject',
      'transcribe:GetTranscriptionJob',
      'transcribe:ListTranscriptionJobs',
      'transcribe:StartTranscriptionJob',
    ]),
  );
  expect(read('README.md')).toContain('$0.024 a minute of speech');
});

test('values of the DAG’s env stand in its permissions as they were given', async () => {
  write("dag.task('others', list({ topic: dag.env.topic, role: dag.env.teller }));");
  const { code, err } = await dagwright('compile');
  expect([code, err]).toEqual([0, expect.not.stringContaining('error')]);
  const read = (name: string) => JSON.parse(readFileSync(join(project, 'dist/talks', name), 'utf8'));
  const tells = { Effect: 'Allow', Action: ['sns:Publish'], Resource: ['${topic}'] };
  expect(read('policy.json').Statement).toContainEqual({
    ...tells,
    Condition: { StringEquals: { 'aws:RequestedRegion': '${region}' } },
  });
  expect(read('manifest.json').env.teller).toMatchObject({
    assumedBy: ['transcribe.amazonaws.com'],
    policy: { Statement: [tells] },
  });
});

test('they are simulated with their samples, and fail as they say', async () => {
  write(TALK, "dag.task('others', list()).after(heard);");
  expect((await dagwright('compile')).code).toBe(0);
  const all = await dagwright('simulate', MACHINE, '--samples');
  expect([all.code, all.out]).toEqual([0, expect.stringContaining('SUCCEEDED')]);
  const failed = { TranscriptionJob: { TranscriptionJobStatus: 'FAILED', FailureReason: 'no sound' } };
  writeFileSync(join(project, 'mocks.json'), JSON.stringify({ 'hear: look': { '0-9': { Return: failed } } }));
  const { code, out, err } = await dagwright('simulate', MACHINE, '--samples', '--mocks', 'mocks.json');
  expect([code, `${out}${err}`]).toEqual([1, expect.stringContaining('Transcribe.JobFailed')]);
  expect(`${out}${err}`).toContain('no sound');
});

test('what it is given wrongly is told at the DAG’s line', async () => {
  write("dag.task('hear', job({ MediaFileUri: 's3://talks/first.mp3', bukket: 'talks', every: 2 }));");
  const { code, err } = await dagwright('compile');
  expect(code).toBe(1);
  for (const told of ['Write "media".', 'Did you mean "bucket"?', 'every is 2']) expect(err).toContain(told);
  const places = [...err.matchAll(/^ {2}at (\S+)/gm)].map(([, place]) => place);
  expect(new Set(places)).toEqual(new Set(['dags/talks.ts:5:18']));
});

test.each<[kind: string, states: object, told: string]>([
  ['a step that is not there', { a: { Type: 'Pass', Next: 'b' } }, 'has the step "a" go on to "b"'],
  [
    'a catch that leads nowhere',
    {
      a: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Arguments: {},
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'b' }],
        End: true,
      },
    },
    'has the step "a" go on to "b"',
  ],
  ['a step without an end', { a: { Type: 'Pass' } }, 'neither go on, `Next`, nor end, `End: true`'],
  ['a Type that is none', { '': { Type: 'Tsk', End: true } }, 'has the Type "Tsk"'],
  ['a field that is none', { '': { Type: 'Wait', Secs: 3, End: true } }, '"Secs"'],
  [
    'an action that is none',
    { '': { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sns:publsh', Arguments: {}, End: true } },
    'no action "publsh"',
  ],
  ['a step that nothing leads to', { a: { Type: 'Pass', End: true }, b: { Type: 'Pass', End: true } }, 'Nothing leads'],
  ['a Choice without rules', { a: { Type: 'Choice', Choices: [], Default: 'b' }, b: { Type: 'Succeed' } }, 'Choices'],
  ['a Choice without a list', { a: { Type: 'Choice', Default: 'b' }, b: { Type: 'Succeed' } }, 'Choices'],
])('states at fault are the template’s: %s', async (_, states, told) => {
  write(`dag.task('say', broken(${JSON.stringify(states)}));`);
  const { code, err } = await dagwright('compile');
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^error DAG108 {2}The template of "say", transcribe.broken: /),
  ]);
  expect(err).toContain(told);
  expect(err).toContain('at dags/talks.ts:5:5');
});

test('its types hold what it is given and what its output is read for', () => {
  write(TALK, "dag.task('others', list()).after(heard);", 'void heard.output.TranscriptionJob.TranscriptionJobName;');
  writeFileSync(
    join(project, 'wrong.ts'),
    "import { job } from 'dagwright-transcribe';\n// @ts-expect-error: the bucket is missing\njob({ media: 's3://talks/first.mp3' });\n",
  );
  const options = {
    extends: `${REPOSITORY}/tsconfig.json`,
    compilerOptions: { typeRoots: [`${REPOSITORY}/node_modules/@types`] },
    include: ['dags', 'wrong.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(options));
  const { stdout } = spawnSync(
    process.execPath,
    [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', project, '--noEmit'],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('');
});
