import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

/** The command as a user runs it, on what `npm run build` made. */
const bin = fileURLToPath(new URL('../../bin/dagwright.js', import.meta.url));
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dagwright-report-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const file = (name: string, content: unknown) => {
  writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};
function dagwright(args: readonly string[], stdin = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], {
    cwd: dir,
    encoding: 'utf8',
    input: stdin,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

const MACHINE = {
  Comment: 'Charges a card',
  StartAt: 'charge',
  States: { charge: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
};
const MOCKS = { charge: { '0': { Throw: { Error: 'Card.Declined', Cause: 'no funds' }, DurationSeconds: 3 } } };

describe('dagwright simulate --html', () => {
  test('writes the picture of a run that failed, says where, and ends as it would', () => {
    const args = [
      'simulate',
      file('pay.json', MACHINE),
      '--mocks',
      file('mocks.json', MOCKS),
      '--html',
      'out/pay.html',
    ];
    const { code, out, err } = dagwright(args);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/\n\nwrote out\/pay\.html\n$/);
    const html = readFileSync(join(dir, 'out/pay.html'), 'utf8');
    expect(html).toContain('<code class="error">Card.Declined</code>');
    // The same as of its history.
    const json = dagwright(['simulate', 'pay.json', '--mocks', 'mocks.json', '--json', '--html', 'out/same.html']);
    expect([json.code, json.err]).toEqual([1, 'wrote out/same.html\n']);
    expect(readFileSync(join(dir, 'out/same.html'), 'utf8')).toBe(html);
    file('history.json', json.out);
    const report = dagwright(['report', 'history.json', '--machine', 'pay.json', '--title', 'pay (simulated)']);
    expect(report).toEqual({ code: 0, out: 'wrote history.html\n', err: '' });
    expect(readFileSync(join(dir, 'history.html'), 'utf8')).toBe(html);
  });

  test('is for one run', () => {
    const { code, err } = dagwright(['simulate', '--batch', 'x.jsonl', '--html', 'x.html']);
    expect([code, err.split('\n')[0]]).toEqual([2, 'error: --html is for one run, not for a batch']);
  });

  test('a place that cannot be written ends with 3', () => {
    file('taken', 'a file');
    const { code, err } = dagwright(['simulate', file('pay.json', MACHINE), '--html', 'taken/x.html']);
    expect(code).toBe(3);
    expect(err).toMatch(/^error CLI005 {2}Cannot write taken\/x\.html/);
  });
});

describe('dagwright report', () => {
  const at = (second: number) => `2026-11-24T10:00:0${second}.250000+00:00`;
  /** As `aws stepfunctions get-execution-history` prints it. */
  const HISTORY = {
    events: [
      {
        timestamp: at(0),
        type: 'ExecutionStarted',
        id: 1,
        previousEventId: 0,
        executionStartedEventDetails: {
          input: '{"card": 1}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::123456789012:role/r',
        },
      },
      {
        timestamp: at(0),
        type: 'TaskStateEntered',
        id: 2,
        previousEventId: 0,
        stateEnteredEventDetails: { name: 'charge', input: '{"card": 1}', inputDetails: { truncated: false } },
      },
      {
        timestamp: at(0),
        type: 'TaskScheduled',
        id: 3,
        previousEventId: 2,
        taskScheduledEventDetails: {
          resourceType: 'lambda',
          resource: 'invoke',
          region: 'us-east-1',
          parameters: '{}',
        },
      },
      {
        timestamp: at(1),
        type: 'TaskStarted',
        id: 4,
        previousEventId: 3,
        taskStartedEventDetails: { resourceType: 'lambda', resource: 'invoke' },
      },
      {
        timestamp: at(7),
        type: 'TaskFailed',
        id: 5,
        previousEventId: 4,
        taskFailedEventDetails: {
          resourceType: 'lambda',
          resource: 'invoke',
          error: 'Card.Declined',
          cause: 'no funds',
        },
      },
      {
        timestamp: at(7),
        type: 'ExecutionFailed',
        id: 6,
        previousEventId: 5,
        executionFailedEventDetails: { error: 'Card.Declined', cause: 'no funds' },
      },
    ],
  };

  test('draws what the AWS CLI prints, of a machine as describe-state-machine-for-execution prints it', () => {
    const described = { stateMachineArn: 'arn:…', name: 'payments', definition: JSON.stringify(MACHINE) };
    file('described.json', described);
    const { code, out, err } = dagwright(['report', '-', '--machine', 'described.json'], JSON.stringify(HISTORY));
    expect([code, out, err]).toEqual([0, 'wrote report.html\n', '']);
    const html = readFileSync(join(dir, 'report.html'), 'utf8');
    for (const part of [
      '<span class="title">payments</span>',
      '<dd>7.0 s</dd>',
      '2026-11-24 10:00:00.250 UTC',
      'no funds',
    ])
      expect(html).toContain(part);
  });

  test.each<[string, string, number, string]>([
    ['not JSON', '{"events": [', 1, 'error SIM001  h.json is not JSON: '],
    ['no events', '{"events": []}', 1, 'error RPT001  h.json is no history of an execution: it has no events.'],
    [
      'something else',
      JSON.stringify(MACHINE),
      1,
      'error RPT001  h.json is no history of an execution: it holds {"Comment"',
    ],
    [
      'another machine’s history',
      JSON.stringify(HISTORY).replace('"name":"charge"', '"name":"chrage"'),
      1,
      'error RPT002  h.json is the history of another machine: its event 2 is of a state "chrage", which pay.json does not have as that type of state.',
    ],
  ])('%s', (_, history, code, message) => {
    file('pay.json', MACHINE);
    const { code: ended, err } = dagwright([
      'report',
      file('h.json', history),
      '--machine',
      'pay.json',
      '--out',
      'no.html',
    ]);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(ended).toBe(code);
    expect(existsSync(join(dir, 'no.html'))).toBe(false);
  });

  test.each<[readonly string[], number, string]>([
    [['report', 'nowhere.json', '--machine', 'pay.json'], 1, 'Cannot read nowhere.json: there is no such file.'],
    [['report', 'pay.json', '--machine', 'nowhere.json'], 1, 'Cannot read nowhere.json: there is no such file.'],
    [['report', 'pay.json'], 2, "required option '--machine <file>' not specified"],
    [['report', '-', '--machine', '-'], 2, 'standard input can be the history or the machine, not both'],
    [['report', '--machine', 'pay.json'], 2, "missing required argument 'history'"],
  ])('%j ends with %d', (args, code, message) => {
    file('pay.json', MACHINE);
    const { code: ended, err } = dagwright(args);
    expect(err).toContain(message);
    expect(ended).toBe(code);
  });

  test('a definition that is none is said to be so', () => {
    const { code, err } = dagwright(
      ['report', '-', '--machine', file('bad.json', { definition: '{' })],
      JSON.stringify(HISTORY),
    );
    expect(err).toContain('"definition" in bad.json is not JSON');
    expect(code).toBe(1);
  });
});
