import { expect, test } from '@jest/globals';
import { duration, names, table } from '../../compiler/9-files/markdown.ts';

test.each([
  [400, '0.4s'],
  [1500, '1.5s'],
  [55_938, '56s'],
  [59_700, '1m'],
  [570_000, '9m 30s'],
  [3_599_700, '1h'],
  [5_400_000, '1h 30m'],
  [7_200_000, '2h'],
  [86_399_000, '1d'],
  [129_600_000, '1d 12h'],
])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text));

test('names at most so many ids', () => {
  expect(names(['a', 'b'], 2)).toBe('`a`, `b`');
  expect(names(['a', 'b', 'c', 'd'], 3)).toBe('`a`, `b` and 2 more');
});

test('a cell is one line, whatever stands in it', () => {
  expect(table(['x'], [['a|b\n  c']])).toBe('| x |\n| --- |\n| a\\|b c |');
});
