import { parseJson } from '../../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import { invalid, TestStateRefusal, type TestStateRequest } from './request.ts';

/** What the texts of a request say. */
export interface Texts {
  readonly input: Json;
  readonly variables: JsonObject;
  readonly context: JsonObject | undefined;
  readonly result: Json | undefined;
}

/** Reads the JSON in the texts of a request. */
export function readTexts({ input = '{}', variables = '{}', context, mock }: TestStateRequest): Texts {
  return {
    input: read(input, (detail) => {
      const text = `Invalid State Machine Execution Input: '${detail}'`;
      return new TestStateRefusal('InvalidExecutionInput', text);
    }),
    variables: readObject(variables, 'Invalid variables provided'),
    context: context === undefined ? undefined : checkContext(readObject(context, INVALID_CONTEXT)),
    result:
      mock?.result === undefined ? undefined : read(mock.result, () => invalid('Mocked result must be valid JSON')),
  };
}

function readObject(text: string, complaint: string): JsonObject {
  const value = read(text, (detail) => invalid(`${complaint}: ${detail}`));
  if (isObject(value)) return value;
  throw invalid(`${complaint}: it must be a JSON object`);
}

function read(text: string, refuse: (detail: string) => TestStateRefusal): Json {
  if (Buffer.byteLength(text) > LIMITS.dataBytes) throw refuse(`it must not exceed ${LIMITS.dataBytes} bytes`);
  try {
    return parseJson(text);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

/** How the API begins what it says of a context object that it refuses. */
const INVALID_CONTEXT = 'Invalid Context object provided';

type Kind = 'string' | 'number' | 'any' | { readonly [field: string]: Kind };

/**
 * The fields of the context object, and what each holds.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const FIELDS: { readonly [field: string]: Kind } = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
  Map: { Item: { Index: 'number', Key: 'string', Value: 'any', Source: 'string' } },
};

/** Refuses a context object with a field that there is not, or with a field of a wrong type; answers it as it is. */
function checkContext(context: JsonObject): JsonObject {
  checkFields(context, FIELDS, '');
  return context;
}

function checkFields(value: JsonObject, fields: { readonly [field: string]: Kind }, prefix: string): void {
  for (const [name, held] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) throw refuse(`Field '${path}' is not allowed`);
    check(held, kind, path);
  }
}

function check(value: Json, kind: Kind, path: string): void {
  if (kind === 'any') return;
  if (typeof kind === 'string') {
    if (typeof value !== kind) throw refuse(`${path} must be a ${kind}`);
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(`${path} must be an object`);
  checkFields(value as JsonObject, kind, `${path}.`);
}

function refuse(detail: string) {
  return invalid(`${INVALID_CONTEXT}: ${detail}`);
}
