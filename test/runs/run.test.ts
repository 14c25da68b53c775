import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeExecutionCommand, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '../endpoint/support.ts';
import { INSTANT, type Project, projectWith, type SmallDag } from './support.ts';

/** The second task of two fails when it is told to; params reach the machine. */
const TWO: SmallDag = {
  id: 'two',
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'first',
    States: {
      first: { Type: 'Pass', Output: '{% $states.input %}', Next: 'second' },
      second: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input.params.mode = 'fail' %}", Next: 'broken' }],
        Default: 'done',
      },
      broken: { Type: 'Fail', Error: 'Broken', Cause: 'as it was told to' },
      done: { Type: 'Pass', Output: '{% $states.input %}', End: true },
    },
  },
  tasks: [{ id: 'first' }, { id: 'done', upstreams: ['first'] } as never],
  manifest: {
    params: {
      type: 'object',
      properties: { mode: { type: 'string', default: 'pass' }, days: { type: 'integer', default: 1 } },
      required: [],
      additionalProperties: false,
    },
  },
};

const SLOW: SmallDag = {
  id: 'slow',
  definition: { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 3600, End: true } } },
  tasks: [{ id: 'wait' }],
};

/** What is there already need not be made; what is missing fails. */
const MAKES: SmallDag = {
  id: 'makes',
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'make',
    States: {
      make: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'make: database',
            States: {
              'make: database': {
                Type: 'Task',
                Resource: 'arn:aws:states:::aws-sdk:glue:createDatabase',
                Arguments: { DatabaseInput: { Name: 'made' } },
                Catch: [{ ErrorEquals: ['Glue.AlreadyExistsException'], Next: 'make: start' }],
                Next: 'make: start',
              },
              'make: start': {
                Type: 'Task',
                Resource: 'arn:aws:states:::aws-sdk:glue:startCrawler',
                Arguments: { Name: 'missing' },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
  },
  tasks: [{ id: 'make', states: ['make', 'make: database', 'make: start'] }],
};

let project: Project;
beforeAll(async () => {
  project = await projectWith(INSTANT, TWO, SLOW, MAKES);
});
afterAll(() => project.close());

async function executions(dag: string): Promise<string[]> {
  const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${dag}`;
  const { executions: all } = await project.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  return all!.map(({ name }) => name!);
}

describe('dagwright run', () => {
  test('starts, follows and says how it went', async () => {
    const { code, out, err } = await project.run(
      'run',
      'two',
      '--param',
      'days=3',
      '--logical-date',
      '2026-01-31T06:00+02:00',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/two \(20260131T040000Z-1\)/);
    expect(out).toMatch(/first success/);
    expect(out).toMatch(/two 20260131T040000Z-1 succeeded in \d/);
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:two:20260131T040000Z-1';
    const { input, stateMachineAliasArn } = await project.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input!)).toEqual({ params: { days: 3 }, logical_date: '2026-01-31T04:00:00Z' });
    expect(stateMachineAliasArn).toMatch(/:two:live$/);
  });

  test('a run that fails ends with 1 and says why; --json alone is on standard output', async () => {
    await writeFile(join(project.folder, 'input.json'), '{"params": {"mode": "pass"}, "logical_date": "2026-02-01"}');
    const { code, out, err } = await project.run(
      'run',
      'two',
      '--input',
      'input.json',
      '--param',
      'mode=fail',
      '--json',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/first success/);
    expect(JSON.parse(out)).toMatchObject({
      dag: 'two',
      execution: '20260201T000000Z-1',
      logicalDate: '2026-02-01T00:00:00Z',
      attempt: 1,
      status: 'FAILED',
      error: 'Broken',
      cause: 'as it was told to',
      tasks: [{ task: 'first', state: 'success' }, { task: 'done' }],
    });
  });

  test('a failure that the task itself expects is not told, any other is', async () => {
    for (const day of ['01', '02']) {
      const { code, out } = await project.run('run', 'makes', '--logical-date', `2026-01-${day}`);
      expect(code).toBe(1);
      expect(out).toMatch(/s make: Glue\.EntityNotFoundException/);
      expect(out).not.toContain('AlreadyExists');
    }
    // The history of the run has it.
    expect((await project.run('logs', 'makes')).out).toMatch(/make: Glue\.AlreadyExistsException/);
  });

  test('a date runs once, whoever was first; --again is its next attempt', async () => {
    const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:daily:live';
    await project.sfn.send(
      new StartExecutionCommand({ stateMachineArn: arn, name: '20260301T000000Z-1', input: '{}' }),
    );
    const date = ['--logical-date', '2026-03-01', '--no-follow'];
    const second = await project.run('run', 'daily', ...date);
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/OPS005 {2}2026-03-01T00:00:00Z has its run: 20260301T000000Z-1, SUCCEEDED/);
    expect((await project.run('run', 'daily', ...date, '--again')).out).toMatch(/started .*:20260301T000000Z-2\n/);
    expect((await project.run('run', 'daily', ...date, '--attempt', '2')).err).toMatch(/OPS005/);
    expect((await project.run('run', 'daily', ...date, '--again', '--json')).out).toContain('"20260301T000000Z-3"');
    expect((await executions('daily')).sort()).toEqual([1, 2, 3].map((n) => `20260301T000000Z-${n}`));
  });

  test('no attempt starts while another of the date runs', async () => {
    const date = ['--logical-date', '2026-03-01T00:00Z', '--no-follow'];
    expect((await project.run('run', 'slow', ...date)).code).toBe(0);
    for (const more of [['--again'], ['--attempt', '7'], []]) {
      const { code, err } = await project.run('run', 'slow', ...date, ...more);
      expect(err).toMatch(
        /OPS005 .*has its run: 20260301T000000Z-1, RUNNING[\s\S]*dagwright logs slow 20260301T000000Z-1 --follow/,
      );
      expect(code).toBe(1);
    }
    expect(await executions('slow')).toEqual(['20260301T000000Z-1']);
  });

  test('Ctrl-C ends the following and not the run, and says so', async () => {
    const { child, ended } = project.start('run', 'slow');
    let out = '';
    child.stdout!.on('data', (chunk) => {
      out += chunk;
    });
    await until(
      async () => out,
      (text) => text.includes('wait started'),
    );
    child.kill('SIGINT');
    const { code } = await ended;
    expect(code).toBe(1);
    expect(out).toMatch(/the run goes on\. `dagwright logs slow \d{8}T\d{6}Z-1 --follow`/);
    const [name] = (await executions('slow')).filter((one) => out.includes(one));
    const executionArn = `arn:aws:states:us-east-1:123456789012:execution:slow:${name}`;
    expect((await project.sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  });
});

describe('bad input starts nothing, and gets one clear message', () => {
  let before: string[];
  beforeEach(async () => {
    before = [...(await executions('daily')), ...(await executions('two'))];
  });

  test.each([
    [['run', 'dayly'], /CLI002 .*no compiled DAG "dayly"[\s\S]*Did you mean "daily"\?/],
    [['run', 'daily', '--logical-date', '2999-01-01'], /OPS003 .*2999-01-01T00:00:00Z lies in the future/],
    [
      ['run', 'daily', '--logical-date', '2026-01-01T07:00:00Z'],
      /OPS004 .*@daily \(UTC\) has no run of 2026-01-01T07:00:00Z[\s\S]*The nearest: 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z\./,
    ],
    [['run', 'daily', '--logical-date', 'yesterday'], /OPS002 .*"yesterday" is no date/],
    [['run', 'two', '--param', 'day=3'], /RUN051 .*"day".*does not declare.*Did you mean "days"\?/],
    [['run', 'two', '--param', 'days=many'], /RUN053 .*The param "days" in --param must be a whole number/],
    [['run', 'two', '--param', 'days'], /OPS015 .*--param days is not name=value/],
    [['run', 'daily', '--env', 'tset'], /CFG002 .*"tset"/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await project.run(...(args as string[]));
    expect(err).toMatch(message as RegExp);
    expect(err.match(/^(error|warning) /gm)).toHaveLength(1);
    expect(err).not.toMatch(/^ +at .*\.[jt]s:/m);
    expect(code).toBe(args[2] === '--param' && args[3] === 'days' ? 2 : 1);
    expect(out).toBe('');
    expect([...(await executions('daily')), ...(await executions('two'))]).toEqual(before);
  });

  test('a machine that is not deployed: the near one is named', async () => {
    const other = await projectWith();
    try {
      await other.deploy({ ...INSTANT, id: 'dailyy' });
      const { writeFiles } = await import('../local/support.ts');
      const manifest = {
        manifestVersion: 1,
        dag: 'daily',
        schedule: null,
        params: { type: 'object', properties: {} },
        env: {},
        assets: [],
        tasks: [],
      };
      await writeFiles(other.folder, { 'dist/daily/manifest.json': JSON.stringify(manifest) });
      const { code, err } = await other.run('run', 'daily');
      expect(err).toMatch(/OPS001 .*"daily" is not deployed to the environment "test"[\s\S]*Did you mean "dailyy"\?/);
      expect(code).toBe(1);
    } finally {
      await other.close();
    }
  });

  test('no credentials', async () => {
    const { spawnSync } = await import('node:child_process');
    const { REPOSITORY } = await import('../local/support.ts');
    const { clientEnv } = await import('./support.ts');
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = clientEnv(project.url);
    const { status, stderr } = spawnSync(process.execPath, [join(REPOSITORY, 'bin/dagwright.js'), 'run', 'daily'], {
      cwd: project.folder,
      env: { ...env, HOME: project.folder },
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/AWS001 /);
    expect(status).toBe(3);
  });
});
