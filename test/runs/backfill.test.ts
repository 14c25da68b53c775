import { DescribeExecutionCommand, ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { executionName } from '../../aws/names.ts';
import { planBackfill } from '../../runs/backfill.ts';
import type { Run } from '../../runs/executions.ts';
import { until } from '../endpoint/support.ts';
import { testOfAll } from '../sized.ts';
import { INSTANT, type Project, projectWith, type SmallDag } from './support.ts';

const DAY = 86_400_000;
const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:';
/** `BACKFILL_DAYS=400` is a year and more; it takes longer. */
const DAYS = Number(process.env.BACKFILL_DAYS ?? 60);
const INTERRUPTIONS = 10;

const SLOW: SmallDag = {
  id: 'slow',
  definition: { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 1, End: true } } },
  tasks: [{ id: 'wait' }],
  manifest: { schedule: '@daily' },
};
const FAILS: SmallDag = {
  id: 'fails',
  definition: { StartAt: 'no', States: { no: { Type: 'Fail', Error: 'No' } } },
  tasks: [{ id: 'no' }],
  manifest: { schedule: '@daily' },
};

let project: Project;
beforeAll(async () => {
  project = await projectWith(INSTANT, SLOW, FAILS, { ...INSTANT, id: 'often' });
});
afterAll(() => project.close());

async function executions(
  dag: string,
): Promise<{ name?: string | undefined; startDate?: Date | undefined; stopDate?: Date | undefined }[]> {
  const all: object[] = [];
  let nextToken: string | undefined;
  do {
    const page = await project.sfn.send(new ListExecutionsCommand({ stateMachineArn: `${MACHINE}${dag}`, nextToken }));
    all.push(...page.executions!);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}
const names = async (dag: string) => (await executions(dag)).map(({ name }) => name!).sort();
const dayNames = (from: string, days: number, attempt = 1) =>
  Array.from({ length: days }, (_, i) => executionName(new Date(Date.parse(from) + i * DAY), attempt));

describe('what is missing', () => {
  const run = (date: number, attempt: number, status: Run['status']): Run => ({
    name: '',
    arn: '',
    started: 0,
    date,
    attempt,
    status,
  });

  test('dates without a run; those that failed only on demand, as the next attempt', () => {
    const due = [1, 2, 3, 4].map((at) => ({ at }));
    const runs = [run(1, 1, 'SUCCEEDED'), run(2, 2, 'FAILED'), run(2, 1, 'SUCCEEDED'), run(4, 1, 'RUNNING')];
    const choice = { newestFirst: false, againFailed: false };
    expect(planBackfill(due, runs, choice)).toEqual({ missing: [{ date: 3, attempt: 1 }], there: 3 });
    expect(planBackfill(due, runs, { newestFirst: true, againFailed: true }).missing).toEqual([
      { date: 3, attempt: 1 },
      { date: 2, attempt: 3 },
    ]);
  });

  test('a wall-clock time that is there twice has one run, whichever of the two it fired at', () => {
    const due = [{ at: 7200, alias: 3600 }];
    expect(planBackfill(due, [run(3600, 1, 'SUCCEEDED')], { newestFirst: false, againFailed: false }).missing).toEqual(
      [],
    );
    expect(planBackfill(due, [run(3600, 1, 'FAILED')], { newestFirst: false, againFailed: true }).missing).toEqual([
      { date: 3600, attempt: 2 },
    ]);
  });
});

describe('dagwright backfill', () => {
  testOfAll(
    `${DAYS} days, killed ${INTERRUPTIONS} times while the schedule fires in between: exactly one run a day`,
    async () => {
      const from = '2024-01-01T00:00:00Z';
      const all = dayNames(from, DAYS);
      const to = new Date(Date.parse(from) + (DAYS - 1) * DAY).toISOString().slice(0, 10);
      const args = ['backfill', 'daily', '--from', '2024-01-01', '--to', to, '--max-active', '7'];

      // What the schedule does: it starts the starter that deploy makes, for dates that have their run and for others.
      const starter = await project.starter(INSTANT);
      let firing = true;
      const fired: string[] = [];
      const scheduler = (async () => {
        for (let i = 0; firing; i = (i * 5 + 3) % DAYS) {
          const time = new Date(Date.parse(from) + i * DAY).toISOString().replace('.000Z', 'Z');
          const { executionArn } = await project.sfn.send(
            new StartExecutionCommand({ stateMachineArn: starter, input: JSON.stringify({ scheduled_time: time }) }),
          );
          fired.push(executionArn!);
          await new Promise((resolve) => setTimeout(resolve, 400));
        }
      })();
      let killed = 0;
      for (let i = 0; i < INTERRUPTIONS; i++) {
        const there = (await executions('daily')).length;
        const { child, ended } = project.start(...args);
        const goal = Math.ceil((DAYS * (i + 1)) / (INTERRUPTIONS + 2));
        await Promise.race([
          until(
            async () => (await executions('daily')).length,
            (n) => n >= Math.max(goal, there + 1),
          ),
          ended,
        ]);
        if (child.exitCode === null && child.kill('SIGKILL')) killed += 1;
        await ended;
      }
      const last = await project.run(...args, '--json');
      firing = false;
      await scheduler;
      expect(last.err).toContain(`${DAYS} dates`);
      expect(last.code).toBe(0);
      expect(killed).toBe(INTERRUPTIONS);
      const states = await Promise.all(
        fired.map((executionArn) => project.sfn.send(new DescribeExecutionCommand({ executionArn }))),
      );
      expect(states.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
      expect(fired.length).toBeGreaterThan(INTERRUPTIONS);
      expect(await names('daily')).toEqual(all);
      const { code, out } = await project.run(...args);
      expect(out).toContain(`${DAYS} have their run, 0 to start`);
      expect(code).toBe(0);
      process.stdout.write(
        `backfill: ${DAYS} days, ${killed} kills, ${fired.length} firings, ${(await names('daily')).length} runs\n`,
      );
    },
    600_000,
  );

  testOfAll('two at once start nothing twice', async () => {
    const args = ['backfill', 'often', '--from', '2026-01-01', '--to', '2026-01-30'];
    const both = await Promise.all([project.run(...args), project.run(...args, '--order', 'newest')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await names('often')).toEqual(dayNames('2026-01-01T00:00:00Z', 30));
  });

  testOfAll('no more are active than it may have, others’ runs counted', async () => {
    await project.sfn.send(new StartExecutionCommand({ stateMachineArn: `${MACHINE}slow:live`, name: 'by-hand' }));
    const { code, out } = await project.run(
      'backfill',
      'slow',
      '--from',
      '2026-01-01',
      '--to',
      '2026-01-07',
      '--max-active',
      '3',
      '--order',
      'newest',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/slow: 7 started, 7 succeeded/);
    const runs = await executions('slow');
    const moments = runs.map(({ startDate }) => startDate!.getTime());
    for (const at of moments) {
      const active = runs.filter(({ startDate, stopDate }) => startDate!.getTime() <= at && stopDate!.getTime() > at);
      expect(active.length).toBeLessThanOrEqual(3);
    }
    const inOrder = runs
      .filter(({ name }) => name !== 'by-hand')
      .sort((a, b) => a.startDate!.getTime() - b.startDate!.getTime());
    expect(inOrder[0]!.name).toBe('20260107T000000Z-1');
    expect(inOrder.at(-1)!.name).toBe('20260101T000000Z-1');
  });

  testOfAll('Ctrl-C starts nothing more, leaves what runs, and says how to go on', async () => {
    const args = ['backfill', 'slow', '--from', '2026-03-01', '--to', '2026-03-20', '--max-active', '2'];
    const { child, ended } = project.start(...args);
    let out = '';
    child.stdout!.on('data', (chunk) => {
      out += chunk;
    });
    await until(
      async () => out,
      (text) => text.includes('2026-03-02T00:00:00Z started'),
    );
    child.kill('SIGINT');
    expect((await ended).code).toBe(1);
    expect(out).toMatch(/slow: \d+ started, .*\d+ not started: the same command goes on where it was\n$/);
    const march = (await names('slow')).filter((name) => name.startsWith('202603'));
    expect(march.length).toBeLessThan(20);
    expect(march).toEqual(dayNames('2026-03-01T00:00:00Z', march.length));
  });

  test('a dry run starts nothing; runs that failed end it with 1, and go again with --again failed', async () => {
    const args = ['backfill', 'fails', '--from', '2026-01-30', '--to', '2026-02-01'];
    const dry = await project.run(...args, '--dry-run');
    expect(dry.out).toContain('3 dates from 2026-01-30 to 2026-02-01, 0 have their run, 3 to start');
    expect(dry.out).toMatch(/ {2}2026-01-30T00:00:00Z\n {2}2026-01-31T00:00:00Z\n {2}2026-02-01T00:00:00Z\n$/);
    expect(await executions('fails')).toEqual([]);
    const { code, out } = await project.run(...args, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      started: dayNames('2026-01-30T00:00:00Z', 3),
      failed: { length: 3 },
      left: 0,
    });
    expect((await project.run(...args)).code).toBe(0);
    expect((await project.run(...args, '--again', 'failed')).code).toBe(1);
    expect(await names('fails')).toEqual(
      [...dayNames('2026-01-30T00:00:00Z', 3), ...dayNames('2026-01-30T00:00:00Z', 3, 2)].sort(),
    );
  });

  test.each([
    [['--from', '2026-01-01', '--to', '2999-01-01'], /OPS003 /],
    [['--from', '2026-02-01', '--to', '2026-01-01'], /OPS010 .*nothing between 2026-02-01 and 2026-01-01/],
    [['--from', 'x', '--to', '2026-01-01'], /OPS002 /],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await project.run('backfill', 'fails', ...(args as string[]));
    expect(err).toMatch(message as RegExp);
    expect(code).toBe(1);
  });
});
