import { expect, test } from '@jest/globals';
import { dateFault, hasOffset } from '../../airflow/moment.ts';

test.each([
  '2026-01-31',
  '2026-01-31T06:00:00+01:00',
  '2024-02-29',
  '2000-02-29',
  // Leap years by the calendar that ISO 8601 continues into the past.
  '0000-02-29',
  '0004-02-29',
  '0096-02-29',
  '9999-12-31T23:59:59.999Z',
])('%s is a date', (text) => {
  expect(dateFault(text)).toBeUndefined();
});

test.each([
  ['2026-02-29', 'is a day that there is not: the month has 28'],
  ['1900-02-29', 'is a day that there is not: the month has 28'],
  ['0001-02-29', 'is a day that there is not: the month has 28'],
  ['0099-02-29', 'is a day that there is not: the month has 28'],
  ['0050-04-31', 'is a day that there is not: the month has 30'],
  ['2026-13-01', 'has a month 13'],
  ['2026-01-01T24:00:00Z', 'has a time that no clock shows'],
  ['2026-01-01T00:00:00+24:00', 'has an offset that there is not, +24:00'],
  ['26-01-01', 'is no date of ISO 8601'],
])('%s is none: it %s', (text, fault) => {
  expect(dateFault(text)).toBe(fault);
});

test('only a time with an offset has one', () => {
  expect(['2026-01-31', '2026-01-31T06:00:00', '2026-01-31T06:00:00Z'].map(hasOffset)).toEqual([false, false, true]);
});
