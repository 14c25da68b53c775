import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { LIMITS } from '../../limits.ts';
import { parseJson } from '../../parse-json.ts';
import { checkContext, INVALID_CONTEXT } from './check-context.ts';
import { invalid, TestStateRefusal } from './refusal.ts';
import type { TestStateRequest } from './types.ts';

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
