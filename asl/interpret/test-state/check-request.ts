import { checkArguments } from '../../arguments.ts';
import { jsonFault } from '../../json/fault.ts';
import { isObject } from '../../json/value.ts';
import type { State } from '../../language/types.ts';
import { readResource } from '../../services/index.ts';
import { invalid, TestStateRefusal, type TestStateRequest, type TestStateWorld } from './request.ts';
import { namesInside, type Subject } from './subject.ts';

const LEVELS: readonly unknown[] = [undefined, 'INFO', 'DEBUG', 'TRACE'];
const MODES: readonly unknown[] = [undefined, 'STRICT', 'PRESENT', 'NONE'];

/**
 * Refuses what the API refuses: fields that do not go together, and those that the state under test cannot take.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
export function checkRequest(request: TestStateRequest, { state }: Subject): void {
  const { mock, inspectionLevel, context } = request;
  if (!LEVELS.includes(inspectionLevel)) throw invalid('inspectionLevel must be one of [INFO, DEBUG, TRACE]');
  if (mock === undefined) {
    checkUnmocked(state, request.roleArn);
    // The API's page says so; a context without a mock would be of no execution.
    if (context !== undefined) throw invalid('A context can only be specified when a mock is specified.');
  } else {
    checkMock(request, state);
  }
  checkConfiguration(request, state);
}

function checkUnmocked(state: State, roleArn: string | undefined): void {
  if (state.Type === 'Map' || state.Type === 'Parallel') {
    throw new TestStateRefusal(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (state.Type !== 'Task') return;
  const resource = readResource(state.Resource);
  if (resource.kind === 'activity') throw invalid('Activity tasks are only supported when a mock is specified.');
  if (resource.kind === 'integration' && resource.pattern !== 'request')
    throw invalid(`The .${resource.pattern} integration pattern is only supported when a mock is specified.`);
  if (roleArn === undefined) throw invalid('RoleArn must be specified when testing a Task state');
}

function checkMock({ mock = {}, revealSecrets }: TestStateRequest, state: State): void {
  if (state.Type !== 'Task' && state.Type !== 'Map' && state.Type !== 'Parallel')
    throw invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  if (revealSecrets === true) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  const { result, errorOutput, fieldValidationMode } = mock;
  if (!MODES.includes(fieldValidationMode))
    throw invalid('mock.fieldValidationMode must be one of [STRICT, PRESENT, NONE]');
  if (result !== undefined && errorOutput !== undefined)
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  if (result === undefined && errorOutput === undefined)
    throw invalid('A test mock should have one of the following fields: [result, errorOutput].');
  if (errorOutput !== undefined && typeof errorOutput.error !== 'string')
    throw invalid('An error must be specified in the mocked error output.');
}

function checkConfiguration({ stateConfiguration = {}, mock }: TestStateRequest, state: State): void {
  const { retrierRetryCount, errorCausedByState, mapIterationFailureCount, mapItemReaderData } = stateConfiguration;
  for (const [name, count] of Object.entries({ retrierRetryCount, mapIterationFailureCount })) {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0))
      throw invalid(`stateConfiguration.${name} must be a whole number that is not negative`);
  }
  if (mapIterationFailureCount !== undefined && (mock === undefined || state.Type !== 'Map'))
    throw invalid('stateConfiguration.mapIterationFailureCount can only be specified for a Map state with a mock.');
  if (mapItemReaderData !== undefined && (state.Type !== 'Map' || state.ItemReader === undefined))
    throw invalid('stateConfiguration.mapItemReaderData can only be specified for a Map state with an ItemReader.');
  if (errorCausedByState === undefined) return;
  if (mock?.errorOutput === undefined)
    throw invalid('stateConfiguration.errorCausedByState can only be specified with a mocked error.');
  if (!namesInside(state).includes(errorCausedByState))
    throw invalid(
      `stateConfiguration.errorCausedByState: '${errorCausedByState}' is no state inside the state tested.`,
    );
}

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
      isObject(request) &&
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
      if (!isObject(value) || jsonFault(value) !== undefined) throw invalid(`${name} must be an object`);
      checkFields(value, type as { readonly [field: string]: unknown }, `${name}.`);
    } else if (typeof value !== type) throw invalid(`${name} must be a ${type}`);
  }
}
