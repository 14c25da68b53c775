import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { dueAt, dueDates, isoOf, nearestDueDates, timetableOf } from '../../runs/logical-dates.ts';
import { aws } from '../../tasks/index.ts';
import { testOfAll } from '../sized.ts';

function due(schedule: string, from: string, to: string, timezone = 'UTC', more: object = {}): string[] {
  const timetable = timetableOf({ schedule, timezone, ...more } as Parameters<typeof timetableOf>[0])!;
  return dueDates(timetable, Date.parse(from), Date.parse(to)).map(({ at }) => isoOf(at));
}

describe('when runs are due', () => {
  // @see https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/cron.html
  test('presets mean what Airflow says', () => {
    const year = (preset: string) => due(preset, '2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z');
    expect(year('@yearly')).toEqual(['2026-01-01T00:00:00Z']);
    expect(year('@quarterly')).toEqual(
      ['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'].map((d) => `${d}T00:00:00Z`),
    );
    expect(year('@monthly')).toHaveLength(12);
    expect(year('@weekly')[0]).toBe('2026-01-04T00:00:00Z');
    expect(year('@daily')).toHaveLength(365);
  });

  testOfAll('every hour of a year is due', () => {
    expect(due('@hourly', '2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z')).toHaveLength(8760);
  });

  test('by hand alone: no schedule, @once, @continuous', () => {
    for (const schedule of [null, '@once', '@continuous']) expect(timetableOf({ schedule })).toBeUndefined();
  });

  test('a day of the month or a day of the week: either will do, as in cron', () => {
    expect(due('0 12 13 * 5', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z')).toEqual(
      ['06', '13', '20', '27'].map((day) => `2026-02-${day}T12:00:00Z`),
    );
  });

  test('both ends of the range are in it, and those of the DAG bound it', () => {
    expect(due('@daily', '2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z')).toHaveLength(3);
    expect(due('@daily', '2026-01-01T00:00:01Z', '2026-01-02T23:59:59Z')).toEqual(['2026-01-02T00:00:00Z']);
    expect(
      due('@daily', '2025-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'UTC', {
        startDate: '2026-05-01',
        endDate: '2026-05-03T00:00:00Z',
      }),
    ).toHaveLength(3);
  });

  test('a DAG’s own dates without an offset are in its time zone', () => {
    const more = { startDate: '2026-05-01', endDate: '2026-05-02T00:00:00Z' };
    expect(due('@daily', '2026-04-01T00:00:00Z', '2026-06-01T00:00:00Z', 'America/New_York', more)).toEqual([
      '2026-05-01T04:00:00Z',
    ]);
  });

  test('what a DAG says of its schedule stands in its manifest', () => {
    const dag = new Dag('zurich', { schedule: '0 2 * * *', timezone: 'Europe/Zurich' });
    dag.task('pass', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
    const manifest = JSON.parse(compileDag(dag).files.get('manifest.json')!);
    expect(timetableOf(manifest)).toMatchObject({ cron: '0 2 * * *', timeZone: 'Europe/Zurich' });
  });

  // The cases of Airflow's own tests of cron and daylight saving time, Europe/Zurich in 2023.
  test('clocks go forward: at 3 the day is short; 2 does not exist, and is at 3', () => {
    const days = (hour: number) =>
      due(`0 ${hour} * * *`, '2023-03-24T12:00:00Z', '2023-03-27T12:00:00Z', 'Europe/Zurich');
    expect(days(3)).toEqual(['2023-03-25T02:00:00Z', '2023-03-26T01:00:00Z', '2023-03-27T01:00:00Z']);
    expect(days(2)).toEqual(['2023-03-25T01:00:00Z', '2023-03-26T01:00:00Z', '2023-03-27T00:00:00Z']);
  });

  test('clocks go back: at 3 the day is long; 2 is there twice, and the second counts', () => {
    const days = (hour: number) =>
      due(`0 ${hour} * * *`, '2023-10-27T12:00:00Z', '2023-10-30T12:00:00Z', 'Europe/Zurich');
    expect(days(3)).toEqual(['2023-10-28T01:00:00Z', '2023-10-29T02:00:00Z', '2023-10-30T02:00:00Z']);
    expect(days(2)).toEqual(['2023-10-28T00:00:00Z', '2023-10-29T01:00:00Z', '2023-10-30T01:00:00Z']);
    const zurich = timetableOf({ schedule: '0 2 * * *', timezone: 'Europe/Zurich' } as never)!;
    // Whichever of the two the scheduler fired at, it is that day's run.
    const [fold] = dueDates(zurich, Date.parse('2023-10-29T00:30:00Z'), Date.parse('2023-10-29T02:00:00Z'));
    expect(isoOf(fold!.alias!)).toBe('2023-10-29T00:00:00Z');
    expect(dueAt(zurich, Date.parse('2023-10-29T00:00:00Z'))).toEqual(fold);
  });

  test('what is due in every hour is due in each hour of a day of 23 and of 25', () => {
    expect(due('30 * * * *', '2023-03-25T23:00:00Z', '2023-03-26T21:59:59Z', 'Europe/Zurich')).toHaveLength(23);
    const long = due('30 * * * *', '2023-10-28T22:00:00Z', '2023-10-29T22:59:59Z', 'Europe/Zurich');
    expect(long).toHaveLength(25);
    expect(new Set(long).size).toBe(25);
  });

  test('zones that are half an hour off, and days that a zone left out', () => {
    expect(due('0 9 * * *', '2026-01-01T00:00:00Z', '2026-01-01T23:00:00Z', 'Asia/Kolkata')).toEqual([
      '2026-01-01T03:30:00Z',
    ]);
    // Samoa had no 30 December 2011.
    expect(due('@daily', '2011-12-29T00:00:00Z', '2011-12-31T23:59:59Z', 'Pacific/Apia')).toHaveLength(3);
  });

  test('the nearest, before and after', () => {
    const monthly = timetableOf({ schedule: '@monthly' })!;
    const near = (text: string) => nearestDueDates(monthly, Date.parse(text)).map(isoOf);
    expect(near('2026-02-10T00:00:00Z')).toEqual(['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    expect(near('2026-02-01T00:00:00Z')).toEqual(['2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    expect(dueAt(monthly, Date.parse('2026-02-01T00:00:00Z'))).toEqual({ at: Date.parse('2026-02-01T00:00:00Z') });
    expect(dueAt(monthly, Date.parse('2026-02-01T00:00:01Z'))).toBeUndefined();
    const leap = timetableOf({ schedule: '0 0 29 2 *' })!;
    expect(nearestDueDates(leap, Date.parse('2026-01-01T00:00:00Z')).map(isoOf)).toEqual([
      '2024-02-29T00:00:00Z',
      '2028-02-29T00:00:00Z',
    ]);
  });

  test('what is no schedule is said to be none', () => {
    for (const schedule of ['0 0 * *', '61 * * * *', '0 0 * * * *', 'daily', '@dayly']) {
      expect(() => timetableOf({ schedule })).toThrow(RangeError);
    }
    expect(() => due('@daily', '2026-01-01', '2026-01-02', 'Europe/Zurigo')).toThrow('"Europe/Zurigo" is no time zone');
  });

  test('any day of any zone has one run of a daily DAG, and ranges that meet have the runs of both', () => {
    const zones = [
      'UTC',
      'Europe/Zurich',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'America/Sao_Paulo',
    ];
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 14_000, max: 21_000 }),
        fc.integer({ min: 1, max: 100 }),
        (timezone, hour, from, days) => {
          const timetable = timetableOf({ schedule: `15 ${hour} * * *`, timezone } as never)!;
          const [begin, middle, end] = [from * day, (from + Math.floor(days / 2)) * day, (from + days) * day];
          const all = dueDates(timetable, begin, end - 1).map(({ at }) => at);
          expect(Math.abs(all.length - days)).toBeLessThanOrEqual(1);
          for (let i = 1; i < all.length; i++)
            expect(Math.abs(all[i]! - all[i - 1]! - day)).toBeLessThanOrEqual(2 * 3_600_000);
          expect(
            [...dueDates(timetable, begin, middle - 1), ...dueDates(timetable, middle, end - 1)].map(({ at }) => at),
          ).toEqual(all);
        },
      ),
      { numRuns: 15 },
    );
  });
});
