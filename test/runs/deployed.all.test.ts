import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Dag, env, param } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';
import { type Ministack, startMinistack } from '../aws/ministack.ts';
import { until } from '../endpoint/support.ts';
import { type Project, projectOn } from './support.ts';

// What `deploy` made, operated: Step Functions is `dagwright serve`, everything else ministack.

const ACCOUNT = '000000000000';
const SCHEDULE = { Name: 'dagwright-team-tiny', GroupName: 'dagwright-team-tiny' };
const CONFIG = `defaultEnv: dev
environments:
  dev:
    region: us-east-1
    artifacts: my-artifacts
    prefix: team-
    env: { lake: my-lake }
`;

/** Two files in the lake, by the logical date and a param. */
function files(): Record<string, string> {
  const dag = new Dag('tiny', {
    schedule: '@daily',
    timezone: 'Europe/Zurich',
    env: { lake: env.bucket() },
    params: { name: param.string({ default: 'nobody' }) },
  });
  const put = (Key: string) =>
    aws({
      service: 's3',
      action: 'putObject',
      parameters: { Bucket: dag.env.lake, Key, Body: dag.params.name } as never,
    });
  dag.task('second', put('last.txt')).after(dag.task('first', put(`${dag.logicalDate}.txt`)));
  const compiled = [...compileDag(dag).files];
  return {
    'dagwright.yaml': CONFIG,
    ...Object.fromEntries(compiled.map(([name, text]) => [`dist/tiny/${name}`, text])),
  };
}

let ministack: Ministack;
let project: Project;
const config = () => ({
  endpoint: ministack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
beforeAll(async () => {
  ministack = await startMinistack();
  const s3 = new S3({ ...config(), forcePathStyle: true });
  await s3.createBucket({ Bucket: 'my-artifacts' });
  s3.destroy();
  project = await projectOn({ other: ministack.url, account: ACCOUNT, files: files() });
}, 300_000);
afterAll(async () => {
  await project.close();
  await ministack.stop();
});

test('deployed, run, fired by its schedule, backfilled, paused', async () => {
  const before = await project.run('run', 'tiny');
  expect(before.err).toMatch(/OPS001 .*no state machine team-tiny with the alias "live"/);
  const deployed = await project.run('deploy', '--yes');
  expect([deployed.code, deployed.err]).toEqual([0, expect.not.stringMatching(/^error/m)]);

  // By hand, for a date of the schedule: midnight in Zurich.
  const ran = await project.run('run', 'tiny', '--logical-date', '2026-07-02', '--param', 'name=Ann', '--json');
  expect(JSON.parse(ran.out)).toMatchObject({
    execution: '20260701T220000Z-1',
    status: 'SUCCEEDED',
    tasks: [
      { task: 'first', state: 'success' },
      { task: 'second', state: 'success' },
    ],
  });

  // What Scheduler starts, with its own words filled as it fills them: a date that has its run, and one that has none.
  const scheduler = new Scheduler(config());
  const { Target, ScheduleExpressionTimezone } = await scheduler.getSchedule(SCHEDULE);
  expect(ScheduleExpressionTimezone).toBe('Europe/Zurich');
  for (const time of ['2026-07-01T22:00:00Z', '2026-07-02T22:00:00Z']) {
    const input = Target!.Input!.replace('<aws.scheduler.scheduled-time>', time);
    const { executionArn } = await project.sfn.send(new StartExecutionCommand({ stateMachineArn: Target!.Arn, input }));
    const ended = () => project.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect((await until(ended, ({ status }) => status !== 'RUNNING')).status).toBe('SUCCEEDED');
  }

  const filled = await project.run('backfill', 'tiny', '--from', '2026-07-01', '--to', '2026-07-05');
  expect(filled.out).toContain('5 dates from 2026-07-01 to 2026-07-05, 2 have their run, 3 to start');
  expect(filled.code).toBe(0);
  const status = JSON.parse((await project.run('status', 'tiny', '--json')).out) as { logicalDate: string }[];
  const days = ['06-30', '07-01', '07-02', '07-03', '07-04'];
  expect(status.map(({ logicalDate }) => logicalDate).sort()).toEqual(days.map((day) => `2026-${day}T22:00:00Z`));
  expect(status).toHaveLength(5);

  expect((await project.run('pause', 'tiny')).out).toMatch(/is paused/);
  expect((await scheduler.getSchedule(SCHEDULE)).State).toBe('DISABLED');
  expect((await scheduler.getSchedule(SCHEDULE)).Target).toEqual(Target);
  // A pause outlasts a deploy.
  expect((await project.run('plan', '--exit-code')).code).toBe(0);
  expect((await project.run('deploy', '--yes')).code).toBe(0);
  expect((await scheduler.getSchedule(SCHEDULE)).State).toBe('DISABLED');
  expect((await project.run('pause', 'tiny', '--off')).out).toMatch(/is on/);
  expect((await scheduler.getSchedule(SCHEDULE)).State).toBe('ENABLED');
  scheduler.destroy();
});
