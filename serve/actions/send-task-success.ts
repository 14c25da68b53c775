import type { SendTaskSuccessInput, SendTaskSuccessOutput } from '@aws-sdk/client-sfn';
import type { Json } from '../../asl/json.ts';
import { parseJson } from '../../asl/parse-json.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

export const sendTaskSuccess: Action<SendTaskSuccessInput, SendTaskSuccessOutput> = (input, { tokens }) => {
  tokens.settle(input.taskToken as string, { result: readOutput(input.output as string) });
  return {};
};

function readOutput(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ApiError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
