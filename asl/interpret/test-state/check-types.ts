import { checkArguments, isRecord } from '../../arguments.ts';
import { jsonFault } from '../../json-fault.ts';
import { invalid } from './refusal.ts';
import type { TestStateRequest, TestStateWorld } from './types.ts';

/** A type for each field of a request, as the API's model has them. */
type Types<Of> = { readonly [K in keyof Of]-?: 'string' | 'number' | 'boolean' | Types<NonNullable<Of[K]>> };

const TYPES: Types<TestStateRequest> = {
  definition: 'string',
  stateName: 'string',
  roleArn: 'string',
  input: 'string',
  context: 'string',
  variables: 'string',
  mock: { result: 'string', errorOutput: { error: 'string', cause: 'string' }, fieldValidationMode: 'string' },
  stateConfiguration: {
    retrierRetryCount: 'number',
    errorCausedByState: 'string',
    mapIterationFailureCount: 'number',
    mapItemReaderData: 'string',
  },
  inspectionLevel: 'string',
  revealSecrets: 'boolean',
};

/**
 * Refuses a request whose fields are of other types than the API's: the SDKs do so before they send it.
 * @throws TestStateRefusal, and Stop where there is nothing to run a test on
 */
export function checkTypes(request: TestStateRequest & TestStateWorld): void {
  checkArguments({
    name: 'testState(…): its request',
    wanted: 'an object with a `definition` as a text, a `clock`, a function `random` and a function `tasks`',
    fits: () =>
      isRecord(request) &&
      typeof request.tasks === 'function' &&
      typeof request.random === 'function' &&
      typeof request.clock.now === 'function' &&
      typeof request.clock.sleepUntil === 'function',
  });
  checkFields(request, TYPES, '');
}

function checkFields(given: object, types: { readonly [field: string]: unknown }, within: string): void {
  for (const [field, type] of Object.entries(types)) {
    const value = (given as { readonly [field: string]: unknown })[field];
    const name = `${within}${field}`;
    if (value === undefined) continue;
    if (typeof type !== 'string') {
      // Whatever throws when it is read throws here.
      if (!isRecord(value) || jsonFault(value) !== undefined) throw invalid(`${name} must be an object`);
      checkFields(value, type as { readonly [field: string]: unknown }, `${name}.`);
    } else if (typeof value !== type) throw invalid(`${name} must be a ${type}`);
  }
}
