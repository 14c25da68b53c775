import { instanceProfileArn, roleArn } from '../../aws/names.ts';
import type { Identity, Kind } from '../../deploy/resource.ts';
import { HANDLERS } from '../../deploy/resources/handlers.ts';
import type { Account } from '../account.ts';
import { runIn, TAG } from '../mark.ts';
import type { Belonging } from './belonging.ts';

/** Names of a kind of resource with their ARNs, as far as they may be a run's. */
type Candidates = AsyncGenerator<{ readonly name: string; readonly arn: string }>;

/** How what deploy makes is listed. An alias is found with its machine, and goes with it; the suite's DAGs have no functions of their own. */
const LISTED: {
  readonly [kind in Exclude<Kind, 'alias' | 'function' | 'function-alias'>]: (account: Account) => Candidates;
} = {
  async *schedule({ clients }) {
    const scheduler = await clients.scheduler();
    let NextToken: string | undefined;
    do {
      const page = await scheduler.listSchedules({ NamePrefix: 'dagwright-dwa-', NextToken });
      for (const { Name = '', Arn = '' } of page.Schedules ?? []) yield { name: Name, arn: Arn };
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  },

  async *'schedule-group'({ clients }) {
    const scheduler = await clients.scheduler();
    let NextToken: string | undefined;
    do {
      const page = await scheduler.listScheduleGroups({ NamePrefix: 'dagwright-dwa-', NextToken });
      for (const { Name = '', Arn = '' } of page.ScheduleGroups ?? []) yield { name: Name, arn: Arn };
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  },

  async *rule({ clients }) {
    const events = await clients.events();
    let NextToken: string | undefined;
    do {
      const page = await events.listRules({ NamePrefix: 'dagwright-dwa-', NextToken });
      for (const { Name = '', Arn = '' } of page.Rules ?? []) yield { name: Name, arn: Arn };
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  },

  async *alarm({ clients }) {
    const cloudwatch = await clients.cloudwatch();
    let NextToken: string | undefined;
    do {
      const page = await cloudwatch.describeAlarms({ AlarmNamePrefix: 'dagwright-dwa-', NextToken });
      for (const { AlarmName = '', AlarmArn = '' } of page.MetricAlarms ?? []) yield { name: AlarmName, arn: AlarmArn };
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  },

  async *machine({ clients }) {
    const sfn = await clients.sfn();
    let nextToken: string | undefined;
    do {
      const page = await sfn.listStateMachines({ maxResults: 1000, nextToken });
      for (const { name = '', stateMachineArn = '' } of page.stateMachines ?? []) yield { name, arn: stateMachineArn };
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  },

  async *'log-group'({ clients }) {
    const logs = await clients.logs();
    let nextToken: string | undefined;
    do {
      const page = await logs.describeLogGroups({ logGroupNamePrefix: '/aws/vendedlogs/states/dwa-', nextToken });
      for (const { logGroupName = '', logGroupArn, arn = '' } of page.logGroups ?? [])
        yield { name: logGroupName, arn: logGroupArn ?? arn.replace(/:\*$/, '') };
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  },

  async *'instance-profile'({ clients, caller }) {
    const iam = await clients.iam();
    let Marker: string | undefined;
    do {
      const page = await iam.listInstanceProfiles({ Marker });
      for (const { InstanceProfileName: name = '', Arn } of page.InstanceProfiles ?? [])
        yield { name, arn: Arn ?? instanceProfileArn(caller, name) };
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
  },

  async *role({ clients, caller }) {
    const iam = await clients.iam();
    let Marker: string | undefined;
    do {
      const page = await iam.listRoles({ Marker });
      for (const { RoleName: name = '', Arn } of page.Roles ?? []) yield { name, arn: Arn ?? roleArn(caller, name) };
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
  },
};

export const DEPLOYED_KINDS = Object.keys(LISTED) as (keyof typeof LISTED)[];

/** What deploy, or a check, made of a kind: by its name, and by the tags that only a run of the suite sets. */
export async function deployed(account: Account, kind: keyof typeof LISTED): Promise<Belonging[]> {
  const found: Belonging[] = [];
  for await (const { name, arn } of LISTED[kind](account)) {
    const run = runIn(name);
    if (run === undefined) continue;
    const identity: Identity = { kind, name, arn, title: kind };
    const tags = (await HANDLERS[kind].observe(account.clients, identity))?.tags;
    if (tags === undefined || (tags[TAG] !== run && tags['dagwright:env'] !== run)) continue;
    if (kind === 'machine') found.push(...(await aliasesOf(account, run, arn)));
    const remove = async () => {
      if (kind === 'machine') await stopExecutions(account, arn);
      await HANDLERS[kind].remove(account.clients, identity);
    };
    found.push({ run, kind, name, remove });
  }
  return found;
}

async function aliasesOf({ clients }: Account, run: string, machine: string): Promise<Belonging[]> {
  const sfn = await clients.sfn();
  const { stateMachineAliases = [] } = await sfn.listStateMachineAliases({ stateMachineArn: machine });
  return stateMachineAliases.map(({ stateMachineAliasArn: arn = '' }) => {
    const name = arn.slice(machine.lastIndexOf(':') + 1);
    return {
      run,
      kind: 'alias',
      name,
      remove: () => HANDLERS.alias.remove(clients, { kind: 'alias', name, arn, title: 'alias' }),
    };
  });
}

/** An execution whose machine is deleted goes on to its next transition: it is stopped first. */
async function stopExecutions({ clients }: Account, machine: string): Promise<void> {
  const sfn = await clients.sfn();
  let nextToken: string | undefined;
  do {
    const page = await sfn.listExecutions({ stateMachineArn: machine, statusFilter: 'RUNNING', nextToken });
    for (const { executionArn } of page.executions ?? [])
      await sfn.stopExecution({ executionArn, error: 'Acceptance.Cleaned', cause: 'The acceptance suite cleans up.' });
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}
