import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simulateLine } from '../../simulate/simulate-batch.ts';

describe('a line of a batch', () => {
  const definition = { StartAt: 'a', States: { a: { Type: 'Pass', End: true } } };
  const answer = async (line: unknown) => simulateLine(typeof line === 'string' ? line : JSON.stringify(line));

  it('answers its id, the outcome, the time and the events', async () => {
    expect(await answer({ id: 'x', definition, input: { i: 1 } })).toMatchObject({
      id: 'x',
      status: 'SUCCEEDED',
      output: { i: 1 },
      seconds: 0,
    });
    expect(Object.keys(await answer({ id: 7, definition }))).toEqual(['id', 'status', 'output', 'seconds', 'events']);
  });

  it('takes every option', async () => {
    const states = { a: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } };
    const line = {
      id: 1,
      definition: { StartAt: 'a', States: states },
      mocks: { a: { '0': { Throw: { Error: 'E', Cause: 'c' }, DurationSeconds: 3 } } },
      now: '2026-01-31T00:00:00Z',
      type: 'EXPRESS',
    };
    expect(await answer(line)).toMatchObject({ id: 1, status: 'FAILED', error: 'E', cause: 'c', seconds: 3 });
  });

  it.each([
    ['{', null],
    ['[1]', null],
    [{ id: 1 }, 1],
    [{ id: 1, definition: { StartAt: 'z', States: {} } }, 1],
    [{ id: 1, definition, mocks: 5 }, 1],
    [{ id: 1, definition, now: 'soon' }, 1],
    [{ id: 1, definition, now: [] }, 1],
    [{ id: 1, definition, type: 'SLOW' }, 1],
    [{ definition: null }, null],
  ])('%j is INVALID', async (line, id) => {
    expect(await answer(line)).toEqual({ id, status: 'INVALID', cause: expect.any(String), seconds: 0, events: [] });
  });
});

describe('dagwright simulate', () => {
  let dir: string;
  const file = (name: string, content: unknown) => {
    const path = join(dir, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const run = (args: string[], stdin = '') => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['bin/dagwright.js', 'simulate', ...args], {
      encoding: 'utf8',
      input: stdin,
    });
    return { stdout, stderr, status };
  };
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'a',
    States: {
      a: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: '{% $states.input %}', Next: 'w' },
      w: { Type: 'Wait', Seconds: 90, End: true },
    },
  };

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'simulate-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('tells how a machine went', () => {
    const { stdout, status } = run([file('m.json', definition), '--input', file('i.json', { x: 1 })]);
    expect(status).toBe(0);
    expect(stdout).toContain('SUCCEEDED after 1 min 30 s of virtual time');
    expect(stdout).toMatch(/a +Task +0\.0 s +ok/);
    expect(stdout).toContain('"x": 1');
  });

  it('exits with 1 where the machine fails, and prints JSON', () => {
    const mocks = file('mocks.json', { a: { '0': { Throw: { Error: 'E', Cause: 'c' } } } });
    const { stdout, status } = run([file('m.json', definition), '--mocks', mocks, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'FAILED', error: 'E', cause: 'c', seconds: 0 });
  });

  it('takes a test case of a mock configuration, of the machine that has the file’s name', () => {
    const config = file('MockConfigFile.json', {
      StateMachines: { Other: { TestCases: {} }, m: { TestCases: { Fails: { a: 'No' }, Odd: { aa: 'No' } } } },
      MockedResponses: { No: { '0': { Throw: { Error: 'E' } } } },
    });
    const path = file('m.asl.json', definition);
    const failing = run([path, '--mocks', config, '--test-case', 'Fails', '--json']);
    expect(failing).toMatchObject({ status: 1, stderr: '' });
    expect(JSON.parse(failing.stdout)).toMatchObject({ error: 'E' });
    const typo = run([path, '--mocks', config, '--test-case', 'fails', '--json']);
    expect(typo).toMatchObject({ status: 1, stdout: '' });
    expect(typo.stderr).toMatch(/SIM007 .*\n.*\n.*Did you mean "Fails"\?/);
    const odd = run([path, '--mocks', config, '--test-case', 'Odd', '--json']);
    expect(odd).toMatchObject({ status: 1, stdout: '' });
    expect(odd.stderr).toMatch(/error SIM010 .*"aa", which is no state[\s\S]*Did you mean "a"\?/);
    expect(run([path, '--mocks', config, '--test-case', 'Odd', '--no-check-mocks'])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(run([path, '--test-case', 'Fails']).status).toBe(2);
  });

  it('says what the input of a cleanup machine must name, and that its tasks answered their arguments', () => {
    const machine = 'dist/datalake/cleanup.json';
    const input = file('end.json', '{\n  "detail": {}\n}');
    const nameless = run([machine, '--samples', '--input', input]);
    expect(nameless.stdout).toContain('States.QueryEvaluationError');
    expect(nameless.stderr).toMatch(/^warning SIM024 {2}.*names no execution.*\n[\s\S]*end\.json/);
    expect(nameless.stderr).toContain('"executionArn":"arn:aws:states:us-east-1:123456789012:execution:datalake:run"');
    expect(nameless.stderr).not.toContain('SIM025');
    const bare = run(['dist/datalake/step_function.json']);
    expect([bare.status, bare.stderr]).toEqual([1, expect.stringMatching(/^warning SIM025 .*step_function\.json/)]);
    // Of a machine that is not compiled nobody knows what its tasks would answer.
    const reads = { ...definition.States.a, Assign: { x: '{% $states.result.no.thing %}' } };
    const other = run([file('m.json', { ...definition, States: { ...definition.States, a: reads } })]);
    expect([other.status, other.stderr]).toEqual([1, '']);
  });

  it('runs a batch, from a file or from standard input', () => {
    const lines = `${JSON.stringify({ id: 1, definition })}\n\n${JSON.stringify({ id: 2, definition, input: 5 })}`;
    const fromFile = run(['--batch', file('b.jsonl', lines)]);
    expect(fromFile.status).toBe(0);
    const answers = fromFile.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([
      { id: 1, output: {}, seconds: 90 },
      { id: 2, output: 5, seconds: 90 },
    ]);
    expect(run(['--batch', '-'], lines)).toEqual(fromFile);
  });

  it('names the lines that cannot be run, after all the others have', () => {
    const { stdout, stderr, status } = run(
      ['--batch', '-'],
      `nonsense\n${JSON.stringify({ id: 2, definition })}\n{"id":3}\n`,
    );
    expect(status).toBe(1);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).status),
    ).toEqual(['INVALID', 'SUCCEEDED', 'INVALID']);
    expect(stderr).toContain('SIM006');
    expect(stderr).toContain('line 1 (');
    expect(stderr).toContain('line 3 ("definition" is missing.)');
  });

  it.each([
    [['/no/such/file.json'], 1, 'CLI001'],
    [['--batch', '/no/such/file.jsonl'], 1, 'CLI001'],
    [['-'], 1, 'SIM001'],
    [[], 2, 'name either a definition or a batch'],
  ] as [string[], number, string][])('%j exits with %d', (args, exit, said) => {
    const { stderr, status } = run(args);
    expect(status).toBe(exit);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/\n +at /);
  });
});
