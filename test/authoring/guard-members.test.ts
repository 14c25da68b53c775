import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { named } from '../../authoring/guard.ts';
import { param } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import * as glue from '../../tasks/glue/index.ts';
import * as tasks from '../../tasks/index.ts';

function faultsOf(look: () => unknown): readonly Diagnostic[] {
  const kept: Diagnostic[] = [];
  withLoading({ faults: kept }, look);
  return kept;
}

test('what looks at a namespace as an object is not disturbed', async () => {
  const wrapped = named('glue', glue);
  const faults = faultsOf(() => {
    expect(typeof wrapped).toBe('object');
    expect(JSON.stringify(wrapped)).toBe('{}');
    expect(wrapped).toEqual(glue);
    expect({ ...wrapped }).toEqual({ ...glue });
    expect(Object.keys(wrapped)).toEqual(Object.keys(glue));
    expect('work' in wrapped).toBe(false);
    expect(wrapped.crawl).toBe(glue.crawl);
    expect((wrapped as { [Symbol.iterator]?: unknown })[Symbol.iterator]).toBeUndefined();
    expect(inspect(wrapped)).toContain('crawl');
    expect(named('param', param)).toEqual(param);
  });
  expect(faults).toEqual([]);
  const kept: Diagnostic[] = [];
  expect(await withLoading({ faults: kept }, async () => await Promise.resolve(wrapped))).toBe(wrapped);
  expect(kept).toEqual([]);
});

test('a function is one still', () => {
  const { aws } = tasks;
  const wrapped = named('aws', aws);
  const call = { service: 's3', action: 'listBuckets', parameters: {} } as const;
  const faults = faultsOf(() => {
    expect(typeof wrapped).toBe('function');
    expect(wrapped.name).toBe('aws');
    expect(wrapped(call).kind).toBe(aws(call).kind);
    expect(wrapped.call(undefined, call).kind).toBe('aws.s3.listBuckets');
  });
  expect(faults).toEqual([]);
});

test('a member that is not there is told once, whatever is called of it', () => {
  const faults = faultsOf(() => (named('aws', tasks.aws) as unknown as { lambda: Loose }).lambda.invoke({}).then);
  expect(faults.map(({ code, message }) => [code, message])).toEqual([['DAG073', 'aws has no "lambda".']]);
});

type Loose = { invoke(given: object): { then?: unknown } };
