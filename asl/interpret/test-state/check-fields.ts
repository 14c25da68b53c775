import type { Json, JsonObject } from '../../json.ts';
import { readResource, SDK_OF_OPTIMIZED } from '../../services/index.ts';
import { POLLED } from '../../services/polled.ts';
import type { ResultShape } from '../../services/sdk-results.ts';
import { invalid, type TestStateRefusal } from './refusal.ts';

/** Integrations whose mocks the API does not check. Same page as below. */
const UNCHECKED: ReadonlySet<string> = new Set(['http', 'apigateway', 'eks']);

/**
 * Refuses a mocked result that is not what the service's API answers: fields of a wrong type and, in STRICT, missing ones. Fields that
 * the API does not have are let through. Of a job that is waited for, the answer is that of the API that is asked about it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
export async function checkFields(resource: string, result: Json, mode: 'STRICT' | 'PRESENT'): Promise<void> {
  const read = readResource(resource);
  // What a callback brings is the caller's own.
  if (read.kind !== 'integration' || read.pattern === 'waitForTaskToken' || UNCHECKED.has(read.service)) return;
  const polls = read.pattern === 'request' ? undefined : POLLED[read.service]?.[read.action];
  if (read.pattern !== 'request' && polls === undefined) return;
  const service = read.sdk ? read.service : (SDK_OF_OPTIMIZED[read.service] ?? read.service);
  const { sdkResult } = await import('../../services/sdk-results.ts');
  const shape = sdkResult(service, polls ?? read.action);
  // An optimized integration hands on a payload as the JSON that it is, the SDK as a text.
  if (shape !== undefined) {
    const how = { strict: mode === 'STRICT', payloadIsJson: !read.sdk, numbersForTimes: polls !== undefined };
    check(result, shape, how, undefined);
  }
}

interface How {
  readonly strict: boolean;
  readonly payloadIsJson: boolean;
  /** Jobs that are waited for have their times as numbers. */
  readonly numbersForTimes: boolean;
}

function check(value: Json, shape: ResultShape, how: How, field: string | undefined): void {
  const must = (holds: boolean, type: string) => {
    if (!holds) throw wrong(field === undefined ? `The result must be ${type}` : `Field '${field}' must be ${type}`);
  };
  switch (shape.kind) {
    case 'structure':
      must(isObject(value), 'an object');
      checkMembers(value as JsonObject, shape.members, how);
      return;
    case 'list':
      must(Array.isArray(value), 'an array');
      for (const item of value as readonly Json[]) check(item, shape.of(), how, field);
      return;
    case 'map':
      must(isObject(value), 'an object');
      for (const item of Object.values(value as JsonObject)) check(item, shape.of(), how, field);
      return;
    case 'enum':
      must(typeof value === 'string', 'a string');
      if (!shape.values.includes(value as string)) throw wrong(`Field '${field}' is not an expected value`);
      return;
    case 'string':
      return must(typeof value === 'string', 'a string');
    case 'integer':
      return must(Number.isInteger(value), 'a number');
    case 'number':
      return must(typeof value === 'number', 'a number');
    case 'boolean':
      return must(typeof value === 'boolean', 'a boolean');
    case 'timestamp':
      return must(typeof value === 'string' || (how.numbersForTimes && typeof value === 'number'), 'a string');
    case 'blob':
      return must(how.payloadIsJson || typeof value === 'string', 'a string');
    case 'any':
      return;
  }
}

type Members = Extract<ResultShape, { readonly kind: 'structure' }>['members'];

function checkMembers(value: JsonObject, members: Members, how: How): void {
  for (const [name, { required, shape }] of members) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined) check(member, shape(), how, name);
    else if (required && how.strict) throw wrong(`Required field '${name}' is missing`);
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(detail: string): TestStateRefusal {
  return invalid(`Mock result schema validation error: ${detail}`);
}
