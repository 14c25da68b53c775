import type { GetRoleResponse } from '@aws-sdk/client-iam';
import type { Json, JsonObject } from '../asl/json/value.ts';
import type { Caller } from '../aws/caller.ts';
import type { Clients } from '../aws/clients.ts';
import { errorClass, isError, orUndefined } from '../aws/errors.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Desired } from './desired/desired.ts';

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
