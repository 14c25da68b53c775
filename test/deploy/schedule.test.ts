import { describe, expect, test } from '@jest/globals';
import { scheduleExpression } from '../../deploy/desired/schedule.ts';
import { Stop } from '../../diagnostics/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';

const of = (schedule: string | null, more: object = {}) =>
  scheduleExpression({ dag: 'd', schedule, ...more } as unknown as Manifest);

describe('EventBridge Scheduler’s expression', () => {
  test.each([
    ['@hourly', 'cron(0 * * * ? *)'],
    ['@daily', 'cron(0 0 * * ? *)'],
    ['@weekly', 'cron(0 0 ? * SUN *)'],
    ['@monthly', 'cron(0 0 1 * ? *)'],
    ['@quarterly', 'cron(0 0 1 1/3 ? *)'],
    ['@yearly', 'cron(0 0 1 1 ? *)'],
    ['30 6 * * 1-5', 'cron(30 6 ? * MON,TUE,WED,THU,FRI *)'],
    ['0 0 * * 7', 'cron(0 0 ? * SUN *)'],
    ['0 0 * * 0,6', 'cron(0 0 ? * SUN,SAT *)'],
    ['0 0 * * MON', 'cron(0 0 ? * MON *)'],
    ['*/15 * * * *', 'cron(0/15 * * * ? *)'],
    ['5-20/5 8-18 * * *', 'cron(5,10,15,20 8-18 * * ? *)'],
    ['0 12 1,15 JAN,JUL *', 'cron(0 12 1,15 1,7 ? *)'],
    ['*/7 * * * *', 'cron(0/7 * * * ? *)'],
    ['0 0 * * *', 'cron(0 0 * * ? *)'],
    ['0 9 L * *', 'cron(0 9 L * ? *)'],
    ['0 9 * * 5#3', 'cron(0 9 ? * 6#3 *)'],
    ['0 9 * * 5L', 'cron(0 9 ? * 6L *)'],
  ])('%s is %s', (schedule, expression) => {
    expect(of(schedule)).toEqual({ expression, timezone: 'UTC' });
  });

  test.each([null, '@once', '@continuous'])('%s starts nothing', (schedule) => expect(of(schedule)).toBeUndefined());

  test('is in the DAG’s time zone', () =>
    expect(of('@daily', { timezone: 'Europe/Lisbon' })).toEqual({
      expression: 'cron(0 0 * * ? *)',
      timezone: 'Europe/Lisbon',
    }));

  test.each([
    ['daily', 'has one field of cron where there are five'],
    ['0 0 0 * * *', 'has 6 fields of cron'],
    ['61 * * * *', 'is no cron expression'],
    ['0 0 1 * 1', 'is due on days of the month and on days of the week besides'],
    ['0 0 1,L * *', 'is due on the last day of the month and on others'],
  ])('%s is refused', (schedule, detail) => {
    const error = (() => {
      try {
        return of(schedule);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toBeInstanceOf(Stop);
    expect((error as Stop).diagnostics[0]).toMatchObject({ code: 'DEP004', message: expect.stringContaining(detail) });
  });
});
