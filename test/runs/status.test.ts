import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../endpoint/support.ts';
import { writeFiles } from '../local/support.ts';
import { INSTANT, type Project, projectWith, type SmallDag } from './support.ts';

const FAILS: SmallDag = {
  id: 'fails',
  definition: {
    StartAt: 'good',
    States: {
      good: { Type: 'Pass', Next: 'bad' },
      // There is no such service here, so that it fails as a task does.
      bad: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {}, End: true },
    },
  },
  tasks: [{ id: 'good' }, { id: 'bad', upstreams: ['good'] }],
};
/** Its Fail says which tasks failed, as machines with records do. */
const RECORDS: SmallDag = {
  id: 'records',
  definition: {
    StartAt: 'end',
    States: {
      end: { Type: 'Fail', Error: 'E', Cause: '[{"task":"a","state":"failed"},{"task":"b","state":"failed"}]' },
    },
  },
  tasks: [{ id: 'a' }, { id: 'b' }],
};
const SLOW: SmallDag = {
  id: 'slow',
  definition: { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 3600, End: true } } },
  tasks: [{ id: 'wait' }, { id: 'tidy', kind: 'teardown', upstreams: ['wait'] }],
};

let project: Project;
beforeAll(async () => {
  project = await projectWith(INSTANT, FAILS, RECORDS, SLOW);
  await writeFiles(project.folder, {
    'dist/never/manifest.json':
      '{"manifestVersion":1,"dag":"never","schedule":null,"params":{"type":"object","properties":{}},"env":{},"assets":[],"tasks":[]}',
  });
});
afterAll(() => project.close());

describe('dagwright status', () => {
  test('lists runs with date, attempt, state, duration and the failed task', async () => {
    await project.run('run', 'fails', '--logical-date', '2026-01-31', '--no-follow');
    await project.run('run', 'records', '--logical-date', '2026-01-31', '--no-follow');
    await project.run('run', 'slow', '--logical-date', '2026-01-31', '--no-follow');
    const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:daily';
    await project.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'by-hand' }));
    const status = async (...args: string[]) => project.run('status', ...args);
    await until(
      async () => (await status('fails', '--json')).out,
      (out) => out.includes('"FAILED"'),
    );
    expect(JSON.parse((await status('fails', '--json')).out)).toMatchObject([
      {
        dag: 'fails',
        execution: '20260131T000000Z-1',
        logicalDate: '2026-01-31T00:00:00Z',
        attempt: 1,
        status: 'FAILED',
        failedTasks: ['bad'],
      },
    ]);
    expect((await status('records')).out).toMatch(
      /records +2026-01-31T00:00:00Z +1 +failed .* a, b +20260131T000000Z-1/,
    );

    const all = await status();
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/^ *daily +succeeded .* by-hand *$/m);
    expect(all.out).toMatch(/^ *fails +2026-01-31T00:00:00Z +1 +failed +\S+ +[\d.]+ s +bad +20260131T000000Z-1 *$/m);
    expect(all.out).toMatch(/^ *never +not deployed *$/m);
    expect(all.out).toMatch(/^ *slow +2026-01-31T00:00:00Z +1 +running /m);
  });

  test('--limit', async () => {
    for (const day of ['01', '02', '03'])
      await project.run('run', 'daily', '--logical-date', `2026-02-${day}`, '--no-follow');
    const { out } = await project.run('status', 'daily', '--limit', '2', '--json');
    expect(JSON.parse(out).map(({ execution }: { execution: string }) => execution)).toEqual([
      '20260203T000000Z-1',
      '20260202T000000Z-1',
    ]);
  });
});

describe('dagwright logs', () => {
  test('the history in the words of tasks', async () => {
    const { code, out } = await project.run('logs', 'fails');
    expect(code).toBe(0);
    const lines = out.split('\n').map((line) => line.replace(/^\S+Z {2}/, ''));
    expect(lines.slice(1, 5)).toEqual([
      'the run started',
      'good started',
      expect.stringMatching(/^good success/),
      'bad started',
    ]);
    expect(out).toMatch(/bad: States\.TaskFailed: .*[Mm]ock/);
    expect(out).toMatch(/the run failed: States\.TaskFailed/);
    const one = await project.run('logs', 'fails', '20260131T000000Z-1', '--task', 'good', '--json');
    expect(JSON.parse(one.out)).toMatchObject({
      status: 'FAILED',
      lines: [/good started/, /good success/].map((text) => expect.stringMatching(text)),
    });
  });

  test('--follow goes on until the run has ended', async () => {
    const { child, ended } = project.start('logs', 'slow', '--follow');
    let out = '';
    child.stdout!.on('data', (chunk) => {
      out += chunk;
    });
    await until(
      async () => out,
      (text) => text.includes('wait started'),
    );
    const stopped = await project.run('stop', 'slow', '--yes', '--json');
    expect(JSON.parse(stopped.out)).toMatchObject({ execution: '20260131T000000Z-1' });
    expect((await ended).code).toBe(0);
    expect(out).toMatch(/the run was stopped: Dagwright\.Stopped: Stopped with dagwright stop\./);
  });
});

describe('what is refused, and changes nothing', () => {
  test.each([
    [
      ['logs', 'fails', '20260131T000000Z-2'],
      1,
      /OPS006 .*no execution "20260131T000000Z-2"[\s\S]*Did you mean "20260131T000000Z-1"\?/,
    ],
    [['logs', 'fails', '--task', 'baad'], 1, /OPS014 .*no task "baad"[\s\S]*Did you mean "bad"\?/],
    [['stop', 'fails', '20260131T000000Z-1', '--yes'], 1, /OPS011 .*20260131T000000Z-1 is not running: it is FAILED/],
    [['stop', 'fails', '--yes'], 1, /OPS007 .*No run of "fails" is under way/],
    [['status', 'never'], 1, /OPS001 .*"never" is not deployed/],
    [['logs', 'never'], 1, /OPS001 /],
    [['backfill', 'fails', '--from', '2026-01-01', '--to', '2026-01-02'], 1, /OPS008 .*"fails" has no schedule/],
    [['pause', 'fails'], 1, /OPS008 /],
  ])('%j', async (args, exit, message) => {
    const { code, err } = await project.run(...args);
    expect(err).toMatch(message);
    expect(code).toBe(exit);
  });

  test('stop asks, and without a terminal wants --yes', async () => {
    await project.run('run', 'slow', '--logical-date', '2026-02-01', '--no-follow');
    const { code, err } = await project.run('stop', 'slow');
    expect(err).toMatch(/OPS012 .*Stopping 20260201T000000Z-1 needs a yes/);
    expect(code).toBe(2);
    expect((await project.run('status', 'slow', '--limit', '1')).out).toMatch(/running/);
  });
});
