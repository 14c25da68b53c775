import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Json } from '../../asl/json/value.ts';
import { Dag, param } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../local/index.ts';
import { aws } from '../../tasks/index.ts';
import { sized } from '../sized.ts';
import '../seed.ts';

/** What a run is given is checked by the machine itself, as the params' JSON schema says. */
const params = {
  text: param.string(),
  day: param.string({ pattern: '^\\d{4}/\\d{2}$', default: '2026/01' }),
  short: param.string({ minLength: 1, maxLength: 3, default: 'abc' }),
  whole: param.integer({ minimum: 1, maximum: 10, default: 5 }),
  number: param.number({ default: 0.5 }),
  flag: param.boolean({ default: true }),
  size: param.enum(['small', 'it’s "large"'], { default: 'small' }),
  any: param.json({ default: [] }),
  'with-dash': param.integer({ default: 1 }),
};
const dag = new Dag('params', { params });
const Message = `${dag.logicalDate} ${dag.params.text}`;
dag.task(
  'say',
  aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message } }),
);
const { files } = compileDag(dag);
const definition = JSON.parse(files.get('step_function.json') as string);
const schema = JSON.parse(files.get('manifest.json') as string).params;
const fits = new Ajv2020({ strict: false }).compile(schema);
const run = (input: Json) => simulate(definition, { input });

const value = fc.oneof(
  fc.constantFrom<Json>(
    '',
    'abc',
    'abcd',
    '2026/01',
    '😀😀',
    'small',
    'it’s "large"',
    0,
    1,
    5,
    10,
    11,
    1.5,
    -1,
    true,
    false,
    null,
  ),
  fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as Json),
);
const given = fc.dictionary(fc.constantFrom(...Object.keys(params), 'unknown', 'txt'), value, { maxKeys: 5 });

test('the machine takes what the schema takes, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(given, fc.boolean()), async ([some, isWhole]) => {
      const all = isWhole ? { text: 'x', ...some } : some;
      const { status, error, cause } = await run({ params: all });
      if (fits(all)) return expect([status, error]).toEqual(['SUCCEEDED', undefined]);
      expect([status, error]).toEqual(['FAILED', 'Params.Invalid']);
      for (const wrong of fits.errors ?? []) {
        const { additionalProperty, missingProperty } = wrong.params as { [name: string]: string };
        expect(cause).toContain(additionalProperty ?? missingProperty ?? wrong.instancePath.split('/')[1]);
      }
    }),
    { numRuns: sized(150, 1000) },
  );
});

describe('the cause says which and why', () => {
  test.each<[Json, string]>([
    [{}, 'text must be a string, and is missing'],
    [{ params: {} }, 'text must be a string, and is missing'],
    [{ params: 5 }, 'params must be an object; text must be a string, and is missing'],
    [{ params: null }, 'params must be an object; text must be a string, and is missing'],
    [{ params: [{ text: 'x' }] }, 'params must be an object'],
    [{ params: { text: 5, txt: 'x' } }, 'there is no param txt; text must be a string, not 5'],
    [{ params: { text: 'x', whole: 11 } }, 'whole must be a whole number of at least 1 and of at most 10, not 11'],
    [{ params: { text: 'x', size: 'medium' } }, 'size must be one of small, it’s "large", not medium'],
    [{ params: { text: 'x' }, logical_date: 5 }, 'logical_date must be a date such as 2026-01-31T06:00:00Z, not 5'],
    [
      { params: { text: 'x' }, logical_date: 'today' },
      'logical_date must be a date such as 2026-01-31T06:00:00Z, not today',
    ],
  ])('%j', async (input, cause) => {
    expect(await run(input)).toMatchObject({ status: 'FAILED', error: 'Params.Invalid', cause });
  });
});

test('a run that fits goes through one state more than its tasks', async () => {
  const { status, events } = await run({ params: { text: 'x' }, logical_date: '2026-01-01' });
  expect(status).toBe('SUCCEEDED');
  expect(events.flatMap((event) => ('name' in event && event.type.endsWith('Entered') ? [event.name] : []))).toEqual([
    'read input',
    'say',
  ]);
});

test('a DAG that reads the date alone checks it', async () => {
  const dated = new Dag('dated');
  dated.task(
    'say',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: dated.logicalDate },
    }),
  );
  const machine = JSON.parse(compileDag(dated).files.get('step_function.json') as string);
  expect(await simulate(machine, { input: { logical_date: 5 } })).toMatchObject({ error: 'Params.Invalid' });
  expect(await simulate(machine, {})).toMatchObject({ status: 'SUCCEEDED' });
});
