import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Scheduler } from '@aws-sdk/client-scheduler';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { ROOT } from '../deployer.ts';
import { type MachineRun, runMachine } from './machine-run.ts';
import { sessionOf } from './principals.ts';
import type { StrictAws } from './strict-aws.ts';

/** What came of a trigger: why it started nothing, or how what it started ended. */
export type Fired = { readonly refused: string } | MachineRun;

/** Where the triggers are. */
export interface Where {
  readonly region: string;
  readonly partition?: string;
  readonly account?: string;
}

/**
 * A schedule that is due: Scheduler assumes the target's role on behalf of the schedule's group and starts the target, which runs with its own
 * role. What is refused on the way AWS tells nobody.
 */
export async function tick(
  aws: StrictAws,
  schedule: { readonly name: string; readonly group?: string; readonly at: string },
  { region, partition = 'aws', account = '000000000000' }: Where,
): Promise<Fired> {
  const scheduler = new Scheduler({ endpoint: aws.url, region, credentials: ROOT });
  const { name: Name, group: GroupName = 'default', at } = schedule;
  const { Target, State } = await scheduler.getSchedule({ Name, GroupName }).finally(() => scheduler.destroy());
  if (State === 'DISABLED') return { refused: 'the schedule is paused' };
  const source = `arn:${partition}:scheduler:${region}:${account}:schedule-group/${GroupName}`;
  const input = JSON.parse(Target!.Input!.replaceAll('<aws.scheduler.scheduled-time>', at)) as Json;
  return started(
    aws,
    { service: 'scheduler.amazonaws.com', role: Target!.RoleArn!, source, region },
    Target!.Arn!,
    input,
  );
}

/** An event of an execution: each rule that matches it starts its targets, with the target's role. */
export async function executionEnded(
  aws: StrictAws,
  execution: { readonly arn: string; readonly status: string },
  { region, partition = 'aws', account = '000000000000' }: Where,
): Promise<readonly Fired[]> {
  const events = new EventBridge({ endpoint: aws.url, region, credentials: ROOT });
  const [machine, name] = execution.arn.split(':').slice(-2) as [string, string];
  const event = {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: '2026-01-01T00:00:00Z',
    region,
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      // Without a version or an alias, whatever was started.
      stateMachineArn: `arn:${partition}:states:${region}:${account}:stateMachine:${machine}`,
      name,
      status: execution.status,
      startDate: 0,
      stopDate: 0,
    },
  };
  try {
    const fired: Fired[] = [];
    for (const rule of (await events.listRules({})).Rules ?? []) {
      if (rule.State !== 'ENABLED' || !matches(JSON.parse(rule.EventPattern ?? '{}') as JsonObject, event)) continue;
      for (const target of (await events.listTargetsByRule({ Rule: rule.Name })).Targets ?? []) {
        const by = { service: 'events.amazonaws.com', role: target.RoleArn ?? '', source: rule.Arn!, region };
        fired.push(await started(aws, by, target.Arn!, event));
      }
    }
    return fired;
  } finally {
    events.destroy();
  }
}

/** A pattern's lists of values, at any depth. */
function matches(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([key, wanted]) =>
    Array.isArray(wanted)
      ? wanted.some((one) => one === event[key])
      : matches(wanted as JsonObject, (event[key] ?? {}) as JsonObject),
  );
}

async function started(
  aws: StrictAws,
  by: { readonly service: string; readonly role: string; readonly source: string; readonly region: string },
  target: string,
  input: Json,
): Promise<Fired> {
  const role = await aws.assumed(by.role, by.service, by.source);
  if (role === undefined) return { refused: `${by.service} cannot assume ${by.role}` };
  const session = sessionOf(role, by.service.replace(/\..*/, ''));
  const refused = await aws.refusalOf(session, {
    service: 'states',
    operation: 'StartExecution',
    parameters: { stateMachineArn: target },
    region: by.region,
  });
  return refused === undefined ? runMachine(aws, target, input) : { refused };
}
