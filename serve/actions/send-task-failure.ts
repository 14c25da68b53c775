import type { SendTaskFailureInput, SendTaskFailureOutput } from '@aws-sdk/client-sfn';
import type { TaskReply } from '../../asl/interpret/options.ts';
import type { Action } from '../world.ts';

export const sendTaskFailure: Action<SendTaskFailureInput, SendTaskFailureOutput> = (input, { tokens }) => {
  const { error, cause } = input;
  const reply: TaskReply = { error, ...(cause !== undefined && { cause }) };
  tokens.settle(input.taskToken as string, reply);
  return {};
};
