import type { SendTaskHeartbeatInput, SendTaskHeartbeatOutput } from '@aws-sdk/client-sfn';
import type { Action } from '../world.ts';

export const sendTaskHeartbeat: Action<SendTaskHeartbeatInput, SendTaskHeartbeatOutput> = (input, { tokens }) => {
  tokens.heartbeat(input.taskToken as string);
  return {};
};
