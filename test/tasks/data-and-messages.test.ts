import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Dag, env } from '../../authoring/index.ts';
import type { Template } from '../../authoring/internal.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { simulate } from '../../simulate/simulate.ts';
import { bedrock, dynamodb, events, http, s3, ses, sns, sqs, stepFunctions } from '../../tasks/index.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const values = { partition: 'aws', region: 'eu-west-1', account: '111122223333', machine: 'm', lake: 'lake', bank: '' };
const dagOf = (template: (dag: Dag<never>) => Template, spec: object = {}) => {
  const dag = new Dag('d', { env: { lake: env.bucket() } });
  dag.task('t', template(dag as never), spec);
  return compileDag(dag).files;
};
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const connection = arn('events', 'connection/bank/0a1b');

describe('the policy of one call allows it on what it names, and not on its neighbour', () => {
  test.each<[string, () => Template, [action: string, own: string, neighbour: string][]]>([
    [
      'sns.publish',
      () => sns.publish({ topic: 'a', message: 'x' }),
      [['sns:Publish', arn('sns', 'a'), arn('sns', 'b')]],
    ],
    [
      'sqs.send',
      () => sqs.send({ queue: 'https://sqs.eu-west-1.amazonaws.com/111122223333/a', body: 'x' }),
      [['sqs:SendMessage', arn('sqs', 'a'), arn('sqs', 'b')]],
    ],
    [
      'events.put',
      () => events.put({ bus: 'a', source: 's', detailType: 'd' }),
      [['events:PutEvents', arn('events', 'event-bus/a'), arn('events', 'event-bus/default')]],
    ],
    [
      'stepFunctions.run',
      () => stepFunctions.run({ machine: 'a' }),
      [
        ['states:StartExecution', arn('states', 'stateMachine:a'), arn('states', 'stateMachine:b')],
        ['states:StopExecution', arn('states', 'execution:a:e'), arn('states', 'execution:b:e')],
      ],
    ],
    [
      'dynamodb.put',
      () => dynamodb.put({ table: 'a', item: { id: 'x' } }),
      [['dynamodb:PutItem', arn('dynamodb', 'table/a'), arn('dynamodb', 'table/b')]],
    ],
    [
      'dynamodb.get',
      () => dynamodb.get({ table: 'a', key: { id: 'x' } }),
      [
        ['dynamodb:GetItem', arn('dynamodb', 'table/a'), arn('dynamodb', 'table/b')],
        ['dynamodb:GetItem', arn('dynamodb', 'table/a'), arn('dynamodb', 'table/ab')],
      ],
    ],
    [
      'dynamodb.exportTo',
      () => dynamodb.exportTo({ table: 'a', to: 's3://b/x/' }),
      [
        ['dynamodb:ExportTableToPointInTime', arn('dynamodb', 'table/a'), arn('dynamodb', 'table/b')],
        ['dynamodb:DescribeExport', arn('dynamodb', 'table/a/export/1'), arn('dynamodb', 'table/b/export/1')],
        ['s3:PutObject', 'arn:aws:s3:::b/x/AWSDynamoDB/1/data', 'arn:aws:s3:::b/y/data'],
      ],
    ],
    [
      'bedrock.invoke',
      () => bedrock.invoke({ model: 'anthropic.a-v1:0', input: 's3://b/in.json', output: 's3://b/out.json' }),
      [
        [
          'bedrock:InvokeModel',
          'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.a-v1:0',
          'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.b-v1:0',
        ],
        ['s3:GetObject', 'arn:aws:s3:::b/in.json', 'arn:aws:s3:::b/out.json'],
        ['s3:PutObject', 'arn:aws:s3:::b/out.json', 'arn:aws:s3:::b/in.json'],
      ],
    ],
    [
      's3.copy',
      () => s3.copy({ from: 's3://a/in/a day.csv', to: 's3://b/out.csv' }),
      [
        ['s3:GetObject', 'arn:aws:s3:::a/in/a day.csv', 'arn:aws:s3:::b/out.csv'],
        ['s3:PutObject', 'arn:aws:s3:::b/out.csv', 'arn:aws:s3:::a/in/a day.csv'],
      ],
    ],
    ['s3.put', () => s3.put({ to: 's3://a/x' }), [['s3:PutObject', 'arn:aws:s3:::a/x', 'arn:aws:s3:::a/xy']]],
    [
      's3.delete of keys',
      () => s3.delete({ bucket: 'a', keys: ['x', 'y'] }),
      [['s3:DeleteObject', 'arn:aws:s3:::a/y', 'arn:aws:s3:::a/z']],
    ],
    [
      's3.delete below a prefix',
      () => s3.delete({ bucket: 'a', prefix: 'tmp/' }),
      [['s3:DeleteObject', 'arn:aws:s3:::a/tmp/x', 'arn:aws:s3:::a/in/x']],
    ],
  ])('%s', (_, template, asked) => {
    const policy = filled(dagOf(template).get('policy.json') as string, values);
    for (const [action, own, neighbour] of asked) {
      expect([action, own, allows(policy, { action, resource: own })]).toEqual([action, own, true]);
      expect([action, neighbour, allows(policy, { action, resource: neighbour })]).toEqual([action, neighbour, false]);
    }
  });

  test.each([() => s3.list({ bucket: 'a', prefix: 'in/' }), () => s3.delete({ bucket: 'a', prefix: 'in/' })])(
    'a bucket is listed below the prefix alone: %#',
    (template) => {
      const policy = filled(dagOf(template).get('policy.json') as string, values);
      const may = (bucket: string, prefix?: string) =>
        allows(policy, {
          action: 's3:ListBucket',
          resource: `arn:aws:s3:::${bucket}`,
          ...(prefix !== undefined && { context: { 's3:prefix': prefix } }),
        });
      expect([may('a', 'in/'), may('a', 'out/'), may('a'), may('b', 'in/')]).toEqual([true, false, false, false]);
    },
  );

  test('a mail is sent in its sender’s name alone, also with a name before the address', () => {
    const mail = ses.send({ from: 'Anna <anna@example.com>', to: 'b@c.ch', subject: 's', text: 't' });
    const policy = filled(dagOf(() => mail).get('policy.json') as string, values);
    const may = (from: string) =>
      allows(policy, {
        action: 'ses:SendEmail',
        resource: arn('ses', 'identity/example.com'),
        context: { 'ses:FromAddress': from },
      });
    expect([may('anna@example.com'), may('boss@example.com')]).toEqual([true, false]);
  });

  test('an address is called with the connection’s credentials, and no other address', () => {
    const files = dagOf(() => http.call({ connection, url: 'https://api.example.com/days', body: {} }));
    const policy = filled(files.get('policy.json') as string, values);
    const may = (endpoint: string, method: string) =>
      allows(policy, {
        action: 'states:InvokeHTTPEndpoint',
        resource: arn('states', 'stateMachine:m'),
        context: { 'states:HTTPEndpoint': endpoint, 'states:HTTPMethod': method },
      });
    expect(may('https://api.example.com/days', 'POST')).toBe(true);
    expect([may('https://api.example.com/days', 'DELETE'), may('https://other.com/', 'POST')]).toEqual([false, false]);
    const credentials = (resource: string) =>
      allows(policy, { action: 'events:RetrieveConnectionCredentials', resource });
    expect([credentials(connection), credentials(arn('events', 'connection/other/0a1b'))]).toEqual([true, false]);
  });
});

describe('an item of DynamoDB', () => {
  const item = {
    id: 'last',
    rows: 3,
    share: 0.25,
    negative: -7,
    on: true,
    off: false,
    nothing: null,
    empty: '',
    list: ['x', 1, null],
    none: [],
    one: ['x'],
    nested: [['a', 'b'], ['c'], []],
    single: [['a', 'b']],
    map: { deep: { deeper: [{ a: 1 }] }, bare: {} },
  };
  let stored: JsonObject;
  beforeAll(async () => {
    const machine = JSON.parse(dagOf(() => dynamodb.put({ table: 't', item })).get('step_function.json') as string);
    stored = machine.States.t.Arguments.Item as JsonObject;
  });
  const got = async (answer: Json, optional = false) => {
    const dag = new Dag('d');
    const read = dynamodb.get({ table: 't', key: { id: 'last' }, ...(optional && { optional: true as const }) });
    const t = dag.task('t', read);
    dag.task('use', sns.publish({ topic: 'a', message: { item: (t.output as { Item: string }).Item } }));
    const done = await simulate(JSON.parse(compileDag(dag).files.get('step_function.json') as string), {
      mocks: { t: { '0': { Return: answer } }, use: { '0': { Return: { MessageId: '1' } } } },
    });
    const scheduled = done.events.flatMap((event) =>
      'taskScheduledEventDetails' in event ? [event.taskScheduledEventDetails as { parameters: string }] : [],
    );
    const [, use] = scheduled.map(({ parameters }) => JSON.parse(parameters) as { Message?: { item: Json } });
    return { status: done.status, error: done.error, item: use?.Message?.item };
  };

  test('is put with the type of each value', () => {
    expect(stored).toMatchObject({
      id: { S: 'last' },
      rows: { N: '3' },
      share: { N: '0.25' },
      on: { BOOL: true },
      nothing: { NULL: true },
      list: { L: [{ S: 'x' }, { N: '1' }, { NULL: true }] },
      map: { M: { deep: { M: { deeper: { L: [{ M: { a: { N: '1' } } }] } } }, bare: { M: {} } } },
    });
  });

  test('comes back as it was put', async () => {
    expect(await got({ Item: stored })).toEqual({ status: 'SUCCEEDED', error: undefined, item });
  });

  test('has sets as lists', async () => {
    const sets = { s: { SS: ['a'] }, n: { NS: ['1', '2.5'] }, b: { BS: ['eA==', 'eQ=='] }, bytes: { B: 'eA==' } };
    const { item: read } = await got({ Item: sets });
    expect(read).toEqual({ s: ['a'], n: [1, 2.5], b: ['eA==', 'eQ=='], bytes: 'eA==' });
  });

  test('that is not there fails the task, or is null where it is optional', async () => {
    expect(await got({})).toMatchObject({ status: 'FAILED', error: 'DynamoDB.ItemNotFound' });
    expect(await got({}, true)).toMatchObject({ status: 'SUCCEEDED', item: null });
  });
});

test('an export that does not end in time fails, and goes on', async () => {
  const files = dagOf(() => dynamodb.exportTo({ table: 't', to: 's3://b/x/' }), { executionTimeout: '10m' });
  const ExportDescription = { ExportArn: arn('dynamodb', 'table/t/export/1'), ExportStatus: 'IN_PROGRESS' };
  const done = await simulate(JSON.parse(files.get('step_function.json') as string), {
    mocks: {
      't: export': { '0': { Return: { ExportDescription } } },
      't: look': { '0-100': { Return: { ExportDescription } } },
    },
  });
  expect(done).toMatchObject({ status: 'FAILED', error: 'States.Timeout', seconds: 660 });
});

test('what each of them takes is in the manifest, with its source', () => {
  const dag = new Dag('costs');
  dag.task('tell', sns.publish({ topic: 'a', message: 'x' }));
  dag.task('events', events.put({ entries: [1, 2, 3].map((n) => ({ source: 's', detailType: `d${n}` })) }));
  dag.task('note', s3.put({ to: 's3://a/x' }));
  const { cost } = JSON.parse(compileDag(dag).files.get('manifest.json') as string) as Manifest;
  const takes = Object.fromEntries(cost!.charges.map(({ tasks, takes }) => [tasks[0], takes?.least]));
  expect(takes.tell).toBeCloseTo(0.0000005, 9);
  expect(takes.events).toBeCloseTo(0.000003, 9);
  expect(takes.note).toBeCloseTo(0.000005, 9);
  expect(cost!.charges.every(({ source }) => source.startsWith('https://aws.amazon.com/'))).toBe(true);
});

test('every task of these services simulates with the samples of its service', async () => {
  const dag = new Dag('samples', { env: { lake: env.bucket() } });
  const { lake } = dag.env;
  dag.task('list', s3.list({ bucket: lake }));
  dag.task('copy', s3.copy({ from: `s3://${lake}/a`, to: `s3://${lake}/b` }));
  dag.task('put', s3.put({ to: `s3://${lake}/c`, body: {} }));
  dag.task('delete', s3.delete({ bucket: lake, prefix: 'tmp/' }));
  dag.task('keys', s3.delete({ bucket: lake, keys: ['a', 'b'] }));
  dag.task('sns', sns.publish({ topic: 'a', message: 'x' }));
  dag.task('sqs', sqs.send({ queue: 'https://q/q', body: 'x' }));
  dag.task('ses', ses.send({ from: 'a@b.ch', to: 'c@d.ch', subject: 's', text: 't' }));
  dag.task('events', events.put({ source: 's', detailType: 'd' }));
  dag.task('run', stepFunctions.run({ machine: 'a' }));
  dag.task('start', stepFunctions.run({ machine: 'a', wait: false }));
  dag.task('item', dynamodb.put({ table: 't', item: { id: 'x' } }));
  dag.task('got', dynamodb.get({ table: 't', key: { id: 'x' } }));
  dag.task('export', dynamodb.exportTo({ table: 't', to: `s3://${lake}/x/` }));
  dag.task('http', http.call({ connection, url: 'https://x.ch/' }));
  dag.task('bedrock', bedrock.invoke({ model: 'm', body: {} }));
  const { files } = compileDag(dag);
  const { tasks } = JSON.parse(files.get('manifest.json') as string) as Manifest;
  const done = await simulate(JSON.parse(files.get('step_function.json') as string), {
    samples: Object.assign({}, ...tasks.map(({ samples = {} }) => samples)),
  });
  expect([done.status, done.error, done.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
});
