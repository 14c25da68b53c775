import { describe, expect, test } from '@jest/globals';
import { sampleAnswer } from '../../asl/services/samples.ts';
import { Dag, env, type Template } from '../../authoring/index.ts';
import { isReference } from '../../authoring/internal.ts';
import { shapeOfFields } from '../../authoring/shape.ts';
import { Stop } from '../../diagnostics/index.ts';
import { athena, aws } from '../../tasks/index.ts';

interface Untyped {
  readonly [field: string]: Untyped;
}

const dag = new Dag('reads', { env: { lake: env.bucket() } });
let ids = 0;
const output = (template: Template<unknown>): Untyped => dag.task(`t${ids++}`, template).output as Untyped;

/** What the reading of a field says; nothing where it is a reference. */
function told(read: () => unknown): string {
  try {
    expect(isReference(read())).toBe(true);
    return '';
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
  }
}

const call = (service: string, action: string, more: object = {}) =>
  aws({ service, action, parameters: {}, ...more } as Parameters<typeof aws>[0]);

describe('a read of an output', () => {
  test.each<[string, (o: Untyped) => unknown, Template<unknown>]>([
    ['of what a function returned', (o) => o.Payload?.what?.[3]?.ever, call('lambda', 'invoke')],
    ['of what is called as methods are', (o) => o.Payload?.keys?.values?.entries, call('lambda', 'invoke')],
    ['of a key that is called so', (o) => o.Item?.values?.S, call('dynamodb', 'getItem')],
    ['of how the request went', (o) => o.SdkHttpMetadata?.HttpStatusCode, call('lambda', 'invoke')],
    ['of a document', (o) => o.ResponseBody?.a?.[0]?.b, call('http', 'invoke')],
    [
      'of the JSON that another execution answers',
      (o) => o.Output?.a?.b,
      call('sfn', 'startExecution', { pattern: 'sync' }),
    ],
    ['of a map', (o) => o.Item?.anything?.M?.inner?.L?.[0]?.S, call('dynamodb', 'getItem')],
    ['of a map, by digits', (o) => o.Item?.['0']?.S, call('dynamodb', 'getItem')],
    ['of an item', (o) => o.Contents?.[12]?.Owner?.DisplayName, call('s3', 'listObjectsV2')],
    ['of what a callback brings', (o) => o.whatever?.[0]?.it, call('sqs', 'sendMessage', { pattern: 'callback' })],
    ['of an answer that may say failure', (o) => o.Failed?.[0]?.Id, call('sqs', 'sendMessageBatch')],
    ['of a typed task', (o) => o.QueryExecution?.Statistics?.DataScannedInBytes, query()],
  ])('%s is a reference', (_, read, template) => {
    expect(told(() => read(output(template)))).toBe('');
  });

  test.each<[string, (o: Untyped) => unknown, Template<unknown>]>([
    ['has no field "JobRunId".', (o) => o.JobRunId, call('glue', 'startJobRun', { pattern: 'sync' })],
    ['has no field "Id".', (o) => o.Id, call('glue', 'startJobRun')],
    [
      '.Payload is a text, which has no field "rows".',
      (o) => o.Payload?.rows,
      call('lambda', 'invoke', { integration: 'sdk' }),
    ],
    ['.Contents is a list, which has no field "Key".', (o) => o.Contents?.Key, call('s3', 'listObjectsV2')],
    ['.IsTruncated is true or false, which has no field "x".', (o) => o.IsTruncated?.x, call('s3', 'listObjectsV2')],
    ['has no field "0".', (o) => o[0], call('s3', 'listObjectsV2')],
    ['.Failed[0] has no field "ID".', (o) => o.Failed?.[0]?.ID, call('sqs', 'sendMessageBatch')],
    ['.QueryExecution has no field "Statistic".', (o) => o.QueryExecution?.Statistic, query()],
  ])('that %s is refused', (message, read, template) => {
    expect(told(() => read(output(template)))).toMatch(new RegExp(`^DAG011 t\\d+\\.output ?${escaped(message)}$`));
  });

  test('of anything that the model of an answer holds is a reference', () => {
    for (const resource of ['glue:startJobRun.sync', 'ecs:runTask.sync', 'aws-sdk:ec2:describeInstances']) {
      const [service, action] = resource.replace('aws-sdk:', '').split(/[:.]/) as [string, string];
      const pattern = resource.endsWith('.sync') ? 'sync' : 'request';
      const root = output(call(service, action, { pattern }));
      const paths = pathsIn(sampleAnswer(`arn:aws:states:::${resource}`));
      expect(paths.length).toBeGreaterThan(20);
      for (const path of paths)
        expect([path, told(() => path.reduce<Untyped>((o, step) => o[step]!, root))]).toEqual([path, '']);
    }
  });

  test('of a template of your own is held against the fields that it names', () => {
    const { outputShape: _, ...own } = call('sns', 'publish');
    const read = output({ ...own, outputFields: { Id: true, Run: { State: true } } } as Template<unknown>);
    expect(told(() => read.Run?.State?.anything)).toBe('');
    expect(told(() => read.Run?.Stat)).toMatch(/^DAG011 t\d+\.output\.Run has no field "Stat"\.$/);
  });

  test('of a template of your own whose shape cannot be asked is told with the task', () => {
    const { outputShape: _, ...own } = call('sns', 'publish');
    const broken = { ...own, outputShape: () => JSON.parse('{') } as Template<unknown>;
    expect(told(() => output(broken).Id)).toMatch(/^DAG108 /);
    const shaped = { ...own, outputShape: shapeOfFields({ Id: true }) } as Template<unknown>;
    expect(told(() => output(shaped).Ids)).toMatch(/^DAG011 /);
  });
});

function query(): Template<unknown> {
  return athena.query({ sql: 'SELECT 1', database: 'gold', results: `s3://${dag.env.lake}/answers/` });
}

function escaped(text: string): string {
  return text.replaceAll(/[.[\]]/g, '\\$&');
}

/** Every path in a value, members by name, items by position. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([step, inner]) => [[step], ...pathsIn(inner).map((path) => [step, ...path])]);
}
