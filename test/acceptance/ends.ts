import { SFN } from '@aws-sdk/client-sfn';
import { ROOT } from '../aws/deployer.ts';
import type { StrictAws } from '../aws/strict/strict-aws.ts';
import { executionEnded } from '../aws/strict/triggers.ts';
import { REGION } from '../deploy/support.ts';

/** Stands in for EventBridge: the rules hear of each execution that has ended, once, however it did. */
export function startEnds(aws: StrictAws): { readonly stop: () => Promise<void> } {
  const sfn = new SFN({ region: REGION, endpoint: aws.url, credentials: ROOT });
  const told = new Set<string>();
  const look = async () => {
    const { stateMachines = [] } = await sfn.listStateMachines({});
    for (const { stateMachineArn } of stateMachines) {
      const { executions = [] } = await sfn.listExecutions({ stateMachineArn });
      for (const { executionArn: arn = '', status = '', startDate } of executions) {
        const key = `${arn} ${startDate?.getTime()} ${status}`;
        if (status === 'RUNNING' || told.has(key)) continue;
        told.add(key);
        await executionEnded(aws, { arn, status }, { region: REGION });
      }
    }
  };
  let isStopped = false;
  const looking = (async () => {
    while (!isStopped) {
      // What is made and removed in between is asked for again.
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await looking;
      sfn.destroy();
    },
  };
}
