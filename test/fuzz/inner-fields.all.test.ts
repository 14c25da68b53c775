import { describe, expect, test } from '@jest/globals';
import * as asl from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import * as local from '../../local/index.ts';
import { EXPRESSIONS, PATHS } from './rich-machines.ts';
import { type Told, verdict } from './verdict.ts';

/**
 * Each field, at any depth, of a machine, a history, mocks and a request of TestState replaced by a value of another kind. What is said is
 * a diagnostic or an error that the function documents; an execution fails in words about the machine, never in JavaScript's.
 */

let deep: unknown = 1;
for (let i = 0; i < 1200; i++) deep = [deep];
const WRONG: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['0', 0],
  ['-1.5', -1.5],
  ['1e21', 1e21],
  ['NaN', Number.NaN],
  ['true', true],
  ['empty text', ''],
  ['text', 'x y'],
  ['path', '$.no.such'],
  ['expression', '{% $no.such %}'],
  ['broken expression', '{% 1 + %}'],
  ['list', []],
  ['list of null', [null]],
  ['list of lists', [[1]]],
  ['object', {}],
  ['object in object', { a: { b: null } }],
  ['undefined', undefined],
  ['date', new Date(0)],
  ['deep', deep],
];

/** Every place in a value, as the keys that lead there. */
function* places(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* places(inner, [...path, key]);
}

/** The value with another one at a place. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as { [key: string]: unknown };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** Words of JavaScript, or of a defect, in what an execution says. */
const OWN_WORDS =
  /failed in itself|Cannot read prop|is not a function|is not iterable|\[object |(?<!nothing \()undefined|\bNaN\b|Unexpected token|Maximum call stack|Invalid time value|Cannot convert|is not valid JSON|Invalid array length/;

interface Case extends Told {
  readonly name: string;
  readonly right: unknown;
  readonly call: (given: never) => unknown;
  /** It takes long: one value at every third place. */
  readonly sparse?: true;
}

const tasks = (call: asl.TaskCall): asl.TaskReply => {
  if (call.reads === true) return { result: [{ a: 1 }, { a: 2 }] };
  if (call.resource.includes('waitForTaskToken')) return { error: 'E', cause: 'c' };
  return { result: { Payload: { n: 1 } } };
};
const world = () => ({ clock: asl.createVirtualClock(Date.parse('2026-01-01T00:00:00Z')), random: () => 0.5, tasks });
const INPUT = { n: 7, t: 5, h: 2 };

async function interpreted(machine: never) {
  const execution = await asl.interpret(machine, { ...world(), input: INPUT });
  const causes = execution.events.map((event) =>
    JSON.stringify(Object.values(event).map((details) => (details as { cause?: string } | null)?.cause)),
  );
  const said = [execution.cause ?? '', ...causes].find((cause) => OWN_WORDS.test(cause));
  if (said !== undefined) throw new Error(`the execution says ${said}`);
}

const run = await asl.interpret(PATHS as never, { ...world(), input: INPUT });
const failed = await asl.interpret(EXPRESSIONS as never, { ...world(), input: INPUT });
const history = JSON.parse(JSON.stringify(run.events)) as asl.HistoryEvent[];
const otherHistory = JSON.parse(JSON.stringify(failed.events)) as asl.HistoryEvent[];

const MACHINES = { paths: PATHS, expressions: EXPRESSIONS };
const MOCKS = {
  task: {
    '0': { Throw: { Error: 'E', Cause: 'c' }, DurationSeconds: 5 },
    '1-2': { Return: { StatusCode: 200, Payload: { n: 1 } } },
  },
  called: [{ when: { QueueUrl: 'q' }, Return: { a: 1 } }],
};
const CONFIG = {
  StateMachines: { m: { TestCases: { t: { task: 'answer' } } } },
  MockedResponses: { answer: { 0: { Return: { Payload: 1 } }, '1-2': { Throw: { Error: 'E', Cause: 'c' } } } },
};
const REQUEST = {
  definition: JSON.stringify(PATHS),
  stateName: 'task',
  roleArn: 'arn:aws:iam::123456789012:role/r',
  input: '{"n": 1}',
  context: '{"Execution": {"Id": "x", "Input": {}}, "State": {"Name": "task", "RetryCount": 1}}',
  variables: '{"a": 1}',
  mock: { result: '{"StatusCode": 200}', fieldValidationMode: 'STRICT' },
  stateConfiguration: { retrierRetryCount: 1 },
  inspectionLevel: 'DEBUG',
};

const CASES: readonly Case[] = [
  ...Object.entries(MACHINES).flatMap(([name, machine]): Case[] => [
    { name: `interpret: ${name}`, right: machine, call: interpreted },
    {
      name: `validate: ${name}`,
      right: machine,
      call: (given) => {
        const said = asl.validate(String(JSON.stringify(given))).find(({ message }) => OWN_WORDS.test(message));
        if (said) throw new Error(said.message);
      },
    },
    {
      name: `simulate: ${name}`,
      right: machine,
      call: async (given) => {
        const { cause = '' } = await local.simulate(given, { input: INPUT });
        if (OWN_WORDS.test(cause)) throw new Error(cause);
      },
    },
    {
      name: `trace: ${name}`,
      right: machine,
      call: (given) => asl.trace(given, name === 'paths' ? history : otherHistory),
      own: [asl.OtherMachine],
    },
    {
      name: `testState: ${name}`,
      right: machine,
      call: (given) => asl.testState({ definition: String(JSON.stringify(given)), stateName: 'pass', ...world() }),
      own: [asl.TestStateRefusal],
    },
  ]),
  {
    name: 'trace: its history',
    right: history,
    call: (given) => asl.trace(PATHS as never, given),
    own: [asl.OtherMachine],
  },
  {
    name: 'pictureOf: its history',
    right: otherHistory,
    sparse: true,
    call: (given) => local.pictureOf(EXPRESSIONS as never, given, { title: 't' }),
    own: [asl.OtherMachine],
  },
  {
    name: 'readHistory',
    right: { events: history },
    call: (given) => {
      const events = asl.readHistory(String(JSON.stringify(given)));
      return asl.trace(PATHS as never, events);
    },
    own: [asl.NoHistory, asl.NotJson, asl.OtherMachine],
  },
  {
    name: 'interpret: a history to be redriven',
    right: otherHistory,
    call: (given) => asl.interpret(EXPRESSIONS as never, { ...world(), redrive: { events: given, count: 1 } }),
  },
  {
    name: 'simulate: mocks',
    right: MOCKS,
    call: (given) => local.simulate(PATHS, { input: INPUT, mocks: given, onWarning: () => {} }),
  },
  {
    name: 'simulate: a mock configuration',
    right: CONFIG,
    call: (given) => local.simulate(PATHS, { input: INPUT, mocks: given, testCase: 't', onWarning: () => {} }),
  },
  {
    name: 'readMockConfig',
    right: CONFIG,
    call: (given) => local.readMockConfig(given).mocks('m', 't'),
  },
  {
    name: 'testState: its request',
    right: REQUEST,
    call: (given: object) => asl.testState({ ...(given as asl.TestStateRequest), ...world() }),
    own: [asl.TestStateRefusal],
  },
  ...(['input', 'context', 'variables', 'mock.result'] as const).map(
    (field): Case => ({
      name: `testState: ${field}`,
      right: JSON.parse(field === 'mock.result' ? REQUEST.mock.result : REQUEST[field]),
      call: (given) => {
        const text = String(JSON.stringify(given));
        const changed = field === 'mock.result' ? { mock: { ...REQUEST.mock, result: text } } : { [field]: text };
        return asl.testState({ ...REQUEST, ...changed, ...world() } as asl.TestStateRequest & asl.TestStateWorld);
      },
      own: [asl.TestStateRefusal],
    }),
  ),
];

test('what is replaced is right before', async () => {
  expect(run).toMatchObject({ status: 'SUCCEEDED' });
  expect(failed).toMatchObject({ status: 'FAILED', error: 'E', cause: '3' });
  for (const { name, right, call, ...told } of CASES)
    expect([name, await verdict(() => call(right as never), told)]).toEqual([name, undefined]);
});

let turn = 0;
describe('each field replaced by', () => {
  test.each(CASES)('$name', async ({ right, call, sparse = false, ...told }) => {
    const wrong: string[] = [];
    for (const path of places(right)) {
      // Others of them at each place.
      const some = WRONG.filter((_, i) => (i + turn) % (sparse ? 19 : 5) === 0);
      turn++;
      for (const [name, value] of some) {
        const given = replaced(right, path, value) as Json;
        const said = await verdict(() => call(given as never), told);
        if (said !== undefined) wrong.push(`${path.join('/')} = ${name}: ${said}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
