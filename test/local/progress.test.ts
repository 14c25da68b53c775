import { expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { LiveProgress } from '../../report/progress/live-progress.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import type { TaskProgress } from '../../report/progress/progress.ts';
import { duration } from '../../report/words.ts';

const TASKS: readonly TaskProgress[] = [
  { task: 'ingest', state: 'success', since: 0, until: 4200, waitsFor: [] },
  { task: 'silver', state: 'running', since: Date.now(), waitsFor: [] },
  { task: 'gold', state: 'waiting', waitsFor: ['silver'] },
  { task: 'left', state: 'left_out', waitsFor: [] },
  ...Array.from(
    { length: 8 },
    (_, i): TaskProgress => ({ task: `question_${i}`, state: 'waiting', waitsFor: ['gold', 'a', 'b', 'c'] }),
  ),
];
const FAILURE = {
  kind: 'failure',
  state: 'silver',
  attempt: 0,
  title: 'spark-submit ended with exit code 1',
  lines: ['no such file'],
  log: '/tmp/x.log',
} as const;

/** A terminal that keeps what is written to it. */
function terminal(rows: number, columns = 60): { stream: NodeJS.WriteStream; written: () => string } {
  let text = '';
  const stream = { rows, columns, isTTY: true, write: (part: string) => (text += part) };
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => text };
}
const lastPicture = (text: string) => text.slice(text.lastIndexOf('datalake (run)')).split('\n');

test('on a terminal every task is a line: what runs and how long, what waits and for what', () => {
  const { stream, written } = terminal(40);
  const live = new LiveProgress(stream, createColors(false));
  live.status('Installing Spark 3.5.6 (once): pyspark');
  expect(written()).toContain('Installing Spark 3.5.6 (once): pyspark');
  live.begin('datalake (run)');
  live.change(TASKS[1]!, () => TASKS);
  const lines = lastPicture(written());
  expect(lines[1]).toBe('✔ ingest      4.2 s');
  expect(lines[2]).toMatch(/^. silver {6}0\.\d s$/);
  expect(lines[3]).toBe('· gold        waits for silver');
  expect(lines[4]).toBe('· question_0  waits for gold, a and 2 more');
  expect(written()).not.toContain('left');
  live.note(FAILURE);
  expect(written()).toContain('✖ silver: spark-submit ended with exit code 1\n  │ no such file\n');
  live.end();
});

test('on a small terminal the lines fit: what runs, what waits for the least, and a count', () => {
  const { stream, written } = terminal(8, 24);
  const live = new LiveProgress(stream, createColors(false));
  live.begin('datalake (run)');
  live.change(TASKS[1]!, () => TASKS);
  live.end();
  const text = written();
  const lines = text.slice(text.indexOf('datalake (run)', text.indexOf('datalake (run)') + 1)).split('\n');
  expect(lines.slice(1, 6).map((line) => line.slice(0, 12).trim())).toEqual([
    expect.stringContaining('silver'),
    '· gold',
    '· question_0',
    '· question_1',
    '1 of 11 do',
  ]);
  expect(Math.max(...lines.slice(1, 5).map((line) => line.length))).toBeLessThanOrEqual(24);
});

test('elsewhere it is a line for each thing that happens, and the same failure is told once', () => {
  let text = '';
  let now = 0;
  const plain = new PlainProgress(
    (part) => {
      text += part;
    },
    () => now,
  );
  plain.status('Installing Spark (once): a');
  plain.status('Installing Spark (once): b');
  plain.begin('datalake (run)');
  now = 1500;
  plain.change({ task: 'silver', state: 'running', since: 0, waitsFor: [] }, () => TASKS);
  plain.note(FAILURE);
  plain.note({ ...FAILURE, attempt: 1 });
  plain.change({ task: 'silver', state: 'failed', since: 0, until: 1500, waitsFor: [] }, () => TASKS);
  expect(text.split('\n').map((line) => line.trim())).toEqual([
    '0.0 s Installing Spark (once)',
    '0.0 s datalake (run)',
    '1.5 s silver started, gold waits for it',
    '1.5 s silver: spark-submit ended with exit code 1',
    '| no such file',
    expect.stringMatching(/^\| \(its log: .*x\.log\)$/),
    '1.5 s silver (attempt 2): spark-submit ended with exit code 1, as before',
    '1.5 s silver failed in 1.5 s',
    '',
  ]);
});

test.each([
  [0, '0.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [7_620_000, '2 h 07 min'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
