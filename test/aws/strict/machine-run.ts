import { randomUUID } from 'node:crypto';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { createVirtualClock } from '../../../asl/interpret/clocks.ts';
import { interpret } from '../../../asl/interpret/interpret.ts';
import type { Json } from '../../../asl/json/value.ts';
import type { StateMachine } from '../../../asl/language/types.ts';
import { callService } from '../../../engines/own-server.ts';
import { ROOT } from '../deployer.ts';
import { sessionOf } from './principals.ts';
import type { StrictAws } from './strict-aws.ts';

/** How a machine ended that the strict AWS ran. */
export interface MachineRun {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: Json;
  /** The resources of the calls that its tasks made, in their order, with the error of those that failed. */
  readonly calls: readonly string[];
}

/**
 * Runs a machine of the account as Step Functions would: its role is assumed if its trust says so, and each task's call is made with that
 * role, over the strict AWS, which decides about it. Time is virtual.
 */
export async function runMachine(aws: StrictAws, machineArn: string, input: Json): Promise<MachineRun> {
  const [, partition, , region] = machineArn.split(':') as [string, string, string, string];
  const sfn = new SFNClient({ endpoint: aws.url, region, credentials: ROOT });
  const { definition, roleArn } = await sfn
    .send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }))
    .finally(() => sfn.destroy());
  const role = await aws.assumed(roleArn!, 'states.amazonaws.com', machineArn);
  const calls: string[] = [];
  if (role === undefined)
    return { status: 'FAILED', error: 'States.Runtime', cause: `The role ${roleArn} cannot be assumed.`, calls };
  const credentials = aws.callers.session(sessionOf(role, randomUUID()));
  const end = new AbortController();
  let fault: string | undefined;
  const ended = await interpret(JSON.parse(definition!) as StateMachine, {
    input,
    clock: createVirtualClock(Date.now()),
    random: () => 0.5,
    signal: end.signal,
    stateMachineArn: machineArn,
    tasks: async (call) => {
      if (call.resource.split(':')[1] !== partition) {
        // It ends the run: no state can catch it.
        fault = 'The resource belongs to a different partition from the running execution.';
        end.abort({});
        return { error: 'States.Runtime' };
      }
      const reply = await callService(call, { endpoint: aws.url, region, credentials });
      if (reply === undefined) throw new Error(`${call.resource} is no call of a service`);
      calls.push('error' in reply ? `${call.resource} ${reply.error}` : call.resource);
      return reply;
    },
  });
  if (fault !== undefined) return { status: 'FAILED', error: 'States.Runtime', cause: fault, calls };
  const { status, error, cause, output } = ended;
  return {
    status,
    calls,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    ...(output !== undefined && { output }),
  };
}
