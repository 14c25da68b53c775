import type {
  SendTaskFailureInput,
  SendTaskFailureOutput,
  SendTaskHeartbeatInput,
  SendTaskHeartbeatOutput,
  SendTaskSuccessInput,
  SendTaskSuccessOutput,
} from '@aws-sdk/client-sfn';
import type { TaskReply } from '../../asl/interpret/options.ts';
import { parseJson } from '../../asl/json/parse.ts';
import type { Json } from '../../asl/json/value.ts';
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

export const sendTaskFailure: Action<SendTaskFailureInput, SendTaskFailureOutput> = (input, { tokens }) => {
  const { error, cause } = input;
  const reply: TaskReply = { error, ...(cause !== undefined && { cause }) };
  tokens.settle(input.taskToken as string, reply);
  return {};
};

export const sendTaskHeartbeat: Action<SendTaskHeartbeatInput, SendTaskHeartbeatOutput> = (input, { tokens }) => {
  tokens.heartbeat(input.taskToken as string);
  return {};
};
