import { Scheduler } from '@aws-sdk/client-scheduler';
import { SFN } from '@aws-sdk/client-sfn';
import { ROOT } from '../aws/deployer.ts';
import { REGION } from '../deploy/support.ts';

/** Stands in for EventBridge Scheduler: each schedule that is on fires once, as soon as it is there, with the minute as its time. */
export function startTicks(url: string): { readonly stop: () => void } {
  const scheduler = new Scheduler({ region: REGION, endpoint: url, credentials: ROOT });
  const sfn = new SFN({ region: REGION, endpoint: url, credentials: ROOT });
  const fired = new Set<string>();
  const tick = async () => {
    const { Schedules = [] } = await scheduler.listSchedules({});
    for (const { Name = '', GroupName, State } of Schedules) {
      if (State !== 'ENABLED' || fired.has(Name)) continue;
      const { Target } = await scheduler.getSchedule({ Name, GroupName });
      const due = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString().replace('.000', '');
      const input = Target!.Input!.replace('<aws.scheduler.scheduled-time>', due);
      await sfn.startExecution({ stateMachineArn: Target!.Arn, input });
      fired.add(Name);
    }
  };
  // What is made and removed in between is asked for again.
  const timer = setInterval(() => tick().catch(() => undefined), 300);
  return {
    stop: () => {
      clearInterval(timer);
      scheduler.destroy();
      sfn.destroy();
    },
  };
}
