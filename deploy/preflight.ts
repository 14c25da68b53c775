import type { GetRoleResponse } from '@aws-sdk/client-iam';
import type { Json, JsonObject } from '../asl/json/value.ts';
import type { Caller } from '../aws/caller.ts';
import type { Clients } from '../aws/clients.ts';
import { errorClass, isError, orUndefined } from '../aws/errors.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Desired } from './desired/desired.ts';
import type { Change, Plan } from './plan.ts';
import type { Kind } from './resource.ts';
import { definitionText } from './resources/state-machine.ts';

/**
 * Asks IAM, where the caller may ask, whether the caller may do all that the plan will do: a permission that is missing is said before
 * anything is changed, not halfway.
 * @throws Stop that names each action and resource
 */
export async function checkCaller(aws: Clients, caller: Caller, desired: Desired, plan: Plan): Promise<void> {
  const iam = await aws.iam();
  const principal = await principalOf(iam, caller);
  if (principal === undefined) return;
  const faults: Diagnostic[] = [];
  const ask = async ({ actions, resources, service }: Need) => {
    const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: principal,
      ActionNames: [...actions],
      ResourceArns: [...resources],
      ...(service !== undefined && {
        ContextEntries: [
          { ContextKeyName: 'iam:PassedToService', ContextKeyType: 'string' as const, ContextKeyValues: [service] },
        ],
      }),
    });
    for (const { EvalActionName: action = '', EvalResourceName: resource = '*', EvalDecision } of EvaluationResults)
      if (EvalDecision !== 'allowed') faults.push(diagnose('AWS004', { action, resource, caller: caller.arn }));
  };
  try {
    await Promise.all(needsOf(desired, plan, caller).map(ask));
  } catch (error) {
    // Without permission to simulate policies, or without an answer, the calls themselves show what is missing.
    if (isError(error, 'AccessDenied', 'AccessDeniedException', 'NoSuchEntity', 'NoSuchEntityException')) return;
    if (errorClass(error) === 'retry') return;
    throw error;
  }
  if (faults.length > 0) throw new Stop(faults, 3);
}

interface Need {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** To whom a role is handed. */
  readonly service?: string;
}

/** The principal to simulate: the user, or the role that was assumed; undefined for the account's root. */
async function principalOf(iam: Awaited<ReturnType<Clients['iam']>>, { arn }: Caller): Promise<string | undefined> {
  if (/:user\//.test(arn)) return arn;
  const RoleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (RoleName === undefined) return undefined;
  const gone = ['NoSuchEntity', 'NoSuchEntityException', 'AccessDenied', 'AccessDeniedException'];
  return (await orUndefined(iam.getRole({ RoleName }), ...gone))?.Role?.Arn;
}

function needsOf(desired: Desired, { changes, assets }: Plan, { partition }: Caller): Need[] {
  const { names, environment, resources } = desired;
  const bucket = `arn:${partition}:s3:::${environment.artifacts}`;
  const keys = [names.recordKey, names.lockKey, ...(assets.length > 0 ? [`${names.assetsPrefix}*`] : [])];
  const needs: Need[] = [{ actions: ['s3:PutObject'], resources: keys.map((key) => `${bucket}/${key}`) }];
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.kind} ${change.action}`;
    kinds.set(key, [...(kinds.get(key) ?? []), change]);
  }
  for (const all of kinds.values()) {
    const { kind, action } = all[0]!;
    const actions = ACTIONS[kind][action === 'adopt' ? 'update' : action];
    if (actions.length > 0) needs.push({ actions, resources: all.map(({ arn }) => arn) });
  }
  for (const [service, arns] of passed(changes, resources))
    needs.push({ actions: ['iam:PassRole'], resources: [...arns], service });
  return needs;
}

/** The roles that are handed to services, by service. */
function passed(changes: readonly Change[], resources: Desired['resources']): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { arn } of changes) {
    const resource = resources.find((one) => one.arn === arn);
    const service = resource && PASSES_TO[resource.kind];
    if (service === undefined) continue;
    found.set(service, (found.get(service) ?? new Set()).add(String(resource!.properties.role)));
  }
  return found;
}

const PASSES_TO: { readonly [kind in Kind]?: string } = {
  machine: 'states.amazonaws.com',
  rule: 'events.amazonaws.com',
  schedule: 'scheduler.amazonaws.com',
};

/** What deploy/resources calls. */
const ACTIONS: { readonly [kind in Kind]: Readonly<Record<'create' | 'update' | 'delete', readonly string[]>> } = {
  role: {
    create: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:TagRole'],
    update: ['iam:PutRolePolicy'],
    delete: ['iam:DeleteRole', 'iam:DeleteRolePolicy'],
  },
  'instance-profile': {
    create: ['iam:AddRoleToInstanceProfile', 'iam:CreateInstanceProfile', 'iam:TagInstanceProfile'],
    update: ['iam:AddRoleToInstanceProfile'],
    delete: ['iam:DeleteInstanceProfile', 'iam:RemoveRoleFromInstanceProfile'],
  },
  'log-group': {
    create: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:TagResource'],
    update: ['logs:PutRetentionPolicy'],
    delete: ['logs:DeleteLogGroup'],
  },
  machine: {
    create: ['states:CreateStateMachine', 'states:PublishStateMachineVersion', 'states:TagResource'],
    update: ['states:PublishStateMachineVersion', 'states:UpdateStateMachine'],
    delete: ['states:DeleteStateMachine'],
  },
  alias: {
    create: ['states:CreateStateMachineAlias'],
    update: ['states:UpdateStateMachineAlias'],
    delete: ['states:DeleteStateMachineAlias'],
  },
  rule: {
    create: ['events:PutRule', 'events:PutTargets', 'events:TagResource'],
    update: ['events:PutRule', 'events:PutTargets'],
    delete: ['events:DeleteRule', 'events:RemoveTargets'],
  },
  schedule: {
    create: ['scheduler:CreateSchedule'],
    update: ['scheduler:UpdateSchedule'],
    delete: ['scheduler:DeleteSchedule'],
  },
  alarm: {
    create: ['cloudwatch:PutMetricAlarm', 'cloudwatch:TagResource'],
    update: ['cloudwatch:PutMetricAlarm'],
    delete: ['cloudwatch:DeleteAlarms'],
  },
};

/**
 * A role that is given is checked to suffice and never changed: it must be there, Step Functions must be able to assume it, and, where the
 * caller may ask, it must allow what the machine does.
 */
export async function checkRole(aws: Clients, caller: Caller, { environment, needs }: Desired): Promise<void> {
  const arn = environment.role;
  if (arn === 'managed') return;
  const iam = await aws.iam();
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
  if (arn.split(':')[4] !== caller.account)
    throw new Stop(diagnose('DEP008', { role: arn, what: 'is of another account' }));
  let found: Pick<GetRoleResponse, 'Role'> | undefined;
  try {
    found = await orUndefined(iam.getRole({ RoleName }), 'NoSuchEntity', 'NoSuchEntityException');
  } catch (error) {
    // Whoever may not look must take it as it is: Step Functions says when it is used whether it can be.
    if (isError(error, 'AccessDenied', 'AccessDeniedException')) return;
    throw error;
  }
  if (found?.Role === undefined) throw new Stop(diagnose('DEP008', { role: arn, what: 'does not exist' }));
  const trust = decodeURIComponent(found.Role.AssumeRolePolicyDocument ?? '');
  if (!trust.includes('states.amazonaws.com') && !trust.includes('"*"'))
    throw new Stop(
      diagnose('DEP008', { role: arn, what: 'cannot be assumed by Step Functions (states.amazonaws.com)' }),
    );
  await sufficient(iam, arn, needs);
}

type Iam = Awaited<ReturnType<Clients['iam']>>;

async function sufficient(iam: Iam, role: string, policy: JsonObject): Promise<void> {
  const lacking: string[] = [];
  for (const { Action, Resource, Condition } of policy.Statement as readonly JsonObject[]) {
    const actions = (Array.isArray(Action) ? Action : [Action]) as readonly string[];
    const resources = (Array.isArray(Resource) ? Resource : [Resource]) as readonly string[];
    // An action alone names its service's every action in no way that could be asked for.
    const ActionNames = actions.filter((action) => !action.includes('*'));
    if (ActionNames.length === 0) continue;
    try {
      const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: role,
        ActionNames,
        ResourceArns: [...resources],
        ContextEntries: contextOf(Condition),
      });
      for (const { EvalActionName, EvalResourceName, EvalDecision } of EvaluationResults)
        if (EvalDecision !== 'allowed') lacking.push(`${EvalActionName} on ${EvalResourceName}`);
    } catch (error) {
      if (isError(error, 'AccessDenied', 'AccessDeniedException') || errorClass(error) === 'retry') return;
      throw error;
    }
  }
  if (lacking.length > 0) throw new Stop(diagnose('DEP009', { role, lacking }));
}

/** The conditions of our own policy hold when the machine calls; a `*` in a value stands for something. */
function contextOf(condition: Json | undefined) {
  return Object.values((condition ?? {}) as { [operator: string]: JsonObject }).flatMap((keys) =>
    Object.entries(keys).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: 'stringList' as const,
      ContextKeyValues: (Array.isArray(value) ? value : [value]).map((one) => String(one).replaceAll('*', 'x')),
    })),
  );
}

/** Lets AWS validate the definitions that would change, so that none is refused halfway through. */
export async function checkDefinitions(aws: Clients, desired: Desired, plan: Plan): Promise<void> {
  const changed = desired.resources.filter(
    ({ kind, arn }) => kind === 'machine' && plan.changes.some((one) => one.arn === arn && one.machine !== undefined),
  );
  if (changed.length === 0) return;
  const sfn = await aws.sfn();
  const faults: Diagnostic[] = [];
  await Promise.all(
    changed.map(async ({ name, properties }) => {
      const definition = definitionText(properties.definition!);
      const { result, diagnostics = [] } = await sfn.validateStateMachineDefinition({ definition, type: 'STANDARD' });
      if (result !== 'FAIL') return;
      for (const { code = '', message = '', location } of diagnostics.filter(({ severity }) => severity === 'ERROR'))
        faults.push(diagnose('DEP007', { machine: name, code, detail: message, location }));
    }),
  );
  if (faults.length > 0) throw new Stop(faults);
}
