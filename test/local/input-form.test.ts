import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { Dag, param } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { simulate } from '../../local/index.ts';
import { inputFaults } from '../../manifest/input-form.ts';
import { simulateLine } from '../../simulate/simulate-batch.ts';
import { aws } from '../../tasks/index.ts';
import { ROLE, startServer } from '../endpoint/support.ts';

const PARAMS = ['day', 'region', 'full'];
const told = (input: Json, params: readonly string[] = PARAMS) =>
  inputFaults(input, params).map(({ detail, instead }) => `${detail}. ${instead}`);

describe('what no run takes', () => {
  test.each<[Json, string]>([
    [
      { day: '2026-01-01' },
      'it has "day" beside "params". Params stand under "params": {"params":{"day":"2026-01-01"}}.',
    ],
    [{ day: 'x', full: true }, 'it has "day", "full" beside "params"'],
    [{ parms: {} }, 'Did you mean "params"?'],
    [{ Params: {} }, 'Did you mean "params"?'],
    [{ parameters: {} }, 'Did you mean "params"?'],
    [{ conf: {} }, 'Did you mean "params"?'],
    [{ logicalDate: '2026-01-01' }, 'Did you mean "logical_date"?'],
    [{ execution_date: '2026-01-01' }, 'Did you mean "logical_date"?'],
    [{ ds: '2026-01-01' }, 'Did you mean "logical_date"?'],
    [{ regoin: 'eu' }, 'Did you mean the param "region"?'],
    [{ other: 1 }, 'the DAG has "day", "region", "full"'],
    [{ params: {}, parms: {} }, 'Params stand under "params"'],
    [{ data_interval: { start: '2026-02-01', end: '2026-01-01' } }, 'a logical date and no interval'],
    [{ dataIntervalStart: '2026-02-01' }, 'a logical date and no interval'],
    [{ params: null }, '"params" is null, not an object'],
    [{ params: 'day=1' }, '"params" is a text, not an object'],
    [{ logical_date: null }, '"logical_date" is null, not a text'],
    [{ logical_date: 20260101 }, '"logical_date" is a number, not a text'],
    [{ logical_date: '20260101' }, 'no date in ISO 8601'],
    [{ logical_date: '2026-13-01' }, 'no date of the calendar'],
    [{ logical_date: '2026-02-30' }, 'no date of the calendar'],
    [{ logical_date: '2026-02-29T00:00:00Z' }, 'no date of the calendar'],
    [{ logical_date: '2026-04-31T00:00:00+02:00' }, 'no date of the calendar'],
    [{ logical_date: '2026-01-01T00:00:00+25:00' }, 'no date of the calendar'],
    [{ logical_date: '2026-01-01T23:60' }, 'no date of the calendar'],
    [[], 'it is a list, not an object'],
    ['{"params": {}}', 'it is a text, not an object'],
    [null, 'it is null, not an object'],
  ])('%j', (input, text) => {
    const faults = told(input);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(text);
  });

  test('where the params are not known, or there are none', () => {
    expect(inputFaults({ day: 1 })[0]!.instead).toContain('{"params": {"day": …}}');
    expect(told({ day: 1 }, [])).toEqual([expect.stringContaining('Leave it out: the DAG has no params.')]);
  });

  test.each<Json>([
    {},
    { params: {} },
    { params: { day: '2026-13-01' }, logical_date: '2028-02-29' },
    { logical_date: '2026-01-31T06:00:00.5+05:30' },
    { logical_date: '2026-01-31', resumes: { execution: 'x' } },
  ])('%j is taken', (input) => {
    expect(told(input)).toEqual([]);
  });
});

const dag = new Dag('daily', { params: { day: param.string({ default: '2026-01-01' }) } });
const Message = `${dag.logicalDate} ${dag.params.day}`;
dag.task(
  'say',
  aws({
    service: 'sns',
    action: 'publish',
    parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message },
  }),
);
const definition = JSON.parse(compileDag(dag).files.get('step_function.json')!);

describe('a simulation of a compiled DAG', () => {
  const run = async (input: Json) => {
    const warnings: Diagnostic[] = [];
    const { status } = await simulate(definition, { input, onWarning: (one) => warnings.push(one) });
    return { status, warnings: warnings.map(({ code, path }) => `${code} ${path}`) };
  };

  test('runs as on AWS, and is warned of', async () => {
    expect(await run({ day: '2026-05-05' })).toEqual({ status: 'SUCCEEDED', warnings: ['SIM018 /day'] });
    expect(await run({ logical_date: '2026-02-30' })).toEqual({
      status: 'SUCCEEDED',
      warnings: ['SIM018 /logical_date'],
    });
    expect(await run({ params: { day: '2026-05-05' } })).toEqual({ status: 'SUCCEEDED', warnings: [] });
  });

  test('says once what the machine refuses itself', async () => {
    expect(await run({ logical_date: '2026-13-01' })).toEqual({ status: 'FAILED', warnings: [] });
    expect(await run({ logical_date: '2026-01-01T25:00' })).toEqual({ status: 'FAILED', warnings: [] });
    expect(await run({ params: null, parms: 1 })).toEqual({ status: 'FAILED', warnings: ['SIM018 /parms'] });
  });

  test('another machine takes any input', async () => {
    const other = { StartAt: 'a', States: { a: { Type: 'Succeed' } } };
    const warnings: Diagnostic[] = [];
    await simulate(other, { input: { day: 1 }, onWarning: (one) => warnings.push(one) });
    expect(warnings).toEqual([]);
  });

  test('in a batch', async () => {
    const said: unknown[] = [];
    const line = JSON.stringify({ id: 1, definition, input: { day: 'x' } });
    expect(await simulateLine(line, { onInputFaults: (faults) => said.push(...faults) })).toMatchObject({
      status: 'SUCCEEDED',
    });
    expect(said).toEqual(['it has a field "day", which no run takes']);
  });
});

test('a server tells whoever runs it, and starts the execution', async () => {
  const lines: string[] = [];
  const { sfn, stop } = await startServer({ onStatus: (line) => lines.push(line) });
  try {
    const made = await sfn.send(
      new CreateStateMachineCommand({ name: 'served', roleArn: ROLE, definition: JSON.stringify(definition) }),
    );
    const start = (input: Json) =>
      sfn.send(
        new StartExecutionCommand({ stateMachineArn: made.stateMachineArn, name: 'one', input: JSON.stringify(input) }),
      );
    await start({ day: '2026-05-05' });
    expect(lines).toEqual([expect.stringMatching(/^warning SIM018 {2}one: .*"day".*Params stand under "params"/)]);
  } finally {
    await stop();
  }
});
