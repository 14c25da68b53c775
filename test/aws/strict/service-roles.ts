import { walkStates } from '../../../asl/language/states.ts';
import type { States } from '../../../asl/language/types.ts';
import { INTEGRATION_CALLS, readResource } from '../../../asl/services/index.ts';
import { decide, trusts } from './decision.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';
import type { Account } from './requests/request.ts';
import { type Role, type Roles, roleNameOf } from './roles.ts';

/** What a service looks at when a role is handed to it, and how late it hears of roles and policies. */
export interface HandedOn {
  readonly roles: Roles;
  readonly account: Account;
  readonly delayMs: number;
}

/**
 * What a service says of a role that it was given, as it knows the role; undefined where it takes it. The words are the same for a role that
 * it has not heard of yet and for one that it will never be able to use: only time tells.
 */
export async function roleRefusal(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  return CHECKS[`${call.service}:${call.operation}`]?.(call, on);
}

const CHECKS: { readonly [call: string]: (call: AwsCall, on: HandedOn) => Promise<Answer | undefined> } = {
  'states:CreateStateMachine': machine,
  'states:UpdateStateMachine': machine,
  'scheduler:CreateSchedule': schedule,
  'scheduler:UpdateSchedule': schedule,
  'events:PutTargets': targets,
  'glue:CreateCrawler': glue,
  'glue:UpdateCrawler': glue,
  'glue:CreateJob': glue,
  'lambda:CreateFunction': lambda,
};

/** Who assumes a role for whom: the keys that the service gives, as it documents them. */
export async function assumes(
  { roles, account, delayMs }: HandedOn,
  roleArn: string,
  service: string,
  source?: string,
): Promise<Role | undefined> {
  const role = await roles.seen(roleNameOf(roleArn), delayMs);
  if (role === undefined || role.arn !== roleArn) return undefined;
  const context = source === undefined ? {} : { 'aws:SourceAccount': account.account, 'aws:SourceArn': source };
  return (await trusts(role, service, context)) ? role : undefined;
}

async function machine(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  const { partition, region, account } = on.account;
  const roleArn = textOf(call, 'roleArn');
  if (roleArn === '') return undefined;
  const arn =
    textOf(call, 'stateMachineArn') ||
    `arn:${partition}:states:${region}:${account}:stateMachine:${textOf(call, 'name')}`;
  const denied = (message: string) => refusal(call, { code: 'AccessDeniedException', message });
  const role = await assumes(on, roleArn, 'states.amazonaws.com', arn);
  if (role === undefined)
    return denied(
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
  for (const rule of managedRules(textOf(call, 'definition'))) {
    const resource = `arn:${partition}:events:${region}:${account}:rule/${rule}`;
    const actions = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];
    if (!(await mayAll(role, on, actions, resource)))
      return denied(`'${roleArn}' is not authorized to create managed-rule.`);
  }
  const { level = 'OFF' } = (call.parameters.loggingConfiguration ?? {}) as { readonly level?: string };
  if (level !== 'OFF' && !(await mayAll(role, on, LOG_DELIVERY, '*')))
    return denied('The state machine IAM Role is not authorized to access the Log Destination');
  return undefined;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOG_DELIVERY = [
  'CreateLogDelivery',
  'GetLogDelivery',
  'UpdateLogDelivery',
  'DeleteLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'DescribeResourcePolicies',
  'DescribeLogGroups',
].map((action) => `logs:${action}`);

/** The rules of the account by which the `.sync` tasks of a definition hear of their jobs' ends. */
function managedRules(definition: string): Set<string> {
  const rules = new Set<string>();
  const parsed = definition === '' ? { States: {} } : (JSON.parse(definition) as { readonly States: States['States'] });
  for (const { state } of walkStates(parsed)) {
    const { Resource } = state as { readonly Resource?: unknown };
    const resource = typeof Resource === 'string' ? readResource(Resource) : undefined;
    if (resource?.kind !== 'integration' || resource.sdk || !/^sync/.test(resource.pattern)) continue;
    const { rule } = INTEGRATION_CALLS[`${resource.service}:${resource.action}`] ?? {};
    if (rule !== undefined) rules.add(rule);
  }
  return rules;
}

async function mayAll(
  role: Role,
  { account }: HandedOn,
  actions: readonly string[],
  resource: string,
): Promise<boolean> {
  const { region } = account;
  const decisions = await Promise.all(
    actions.map((action) => decide(role, { action, resource }, { 'aws:RequestedRegion': region })),
  );
  return decisions.every(({ allowed }) => allowed);
}

/** Scheduler assumes the role on behalf of the schedule's group. */
async function schedule(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  const { partition, region, account } = on.account;
  const { RoleArn = '' } = (call.parameters.Target ?? {}) as { readonly RoleArn?: string };
  const group = `arn:${partition}:scheduler:${region}:${account}:schedule-group/${textOf(call, 'GroupName') || 'default'}`;
  if ((await assumes(on, RoleArn, 'scheduler.amazonaws.com', group)) !== undefined) return undefined;
  return refusal(call, {
    code: 'ValidationException',
    message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  });
}

async function targets(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  const { partition, region, account } = on.account;
  const rule = `arn:${partition}:events:${region}:${account}:rule/${textOf(call, 'Rule')}`;
  for (const { RoleArn } of (call.parameters.Targets ?? []) as readonly { readonly RoleArn?: string }[]) {
    if (RoleArn === undefined || (await assumes(on, RoleArn, 'events.amazonaws.com', rule)) !== undefined) continue;
    return refusal(call, {
      code: 'ValidationException',
      message: `Provided role '${RoleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
    });
  }
  return undefined;
}

async function glue(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  const role = textOf(call, 'Role');
  const arn = role.startsWith('arn:') ? role : await on.account.roleArn(role);
  if (role === '' || (await assumes(on, arn, 'glue.amazonaws.com')) !== undefined) return undefined;
  return refusal(call, {
    code: 'InvalidInputException',
    message: "Service is unable to assume provided role. Please verify role's TrustPolicy",
  });
}

async function lambda(call: AwsCall, on: HandedOn): Promise<Answer | undefined> {
  if ((await assumes(on, textOf(call, 'Role'), 'lambda.amazonaws.com')) !== undefined) return undefined;
  return refusal(call, {
    code: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
}
