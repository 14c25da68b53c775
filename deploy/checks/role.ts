import type { GetRoleResponse, IAM } from '@aws-sdk/client-iam';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { errorClass, isError, orUndefined } from '../../aws/errors.ts';
import { iamDocument } from '../../aws/iam-document.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Desired } from '../desired/desired.ts';
import { byResource, type Checked, doubts } from './caller.ts';
import { GONE, REFUSED } from './principal.ts';
import { type Context, type Decision, decisionsOn } from './simulator.ts';
import { trusts } from './trust.ts';

/**
 * A role that is given is checked to suffice and never changed: it must be there, Step Functions must be able to assume it, and, where the
 * caller may ask, it must allow what the machine does.
 */
export async function checkRole(aws: Clients, caller: Caller, desired: Desired): Promise<Checked> {
  const arn = desired.environment.role;
  if (arn === 'managed') return { warnings: [], notes: [] };
  const refuse = (what: string) => new Stop(diagnose('DEP008', { role: arn, what }));
  const [, partition, , , account] = arn.split(':');
  if (account !== caller.account) throw refuse('is of another account');
  if (partition !== caller.partition) throw refuse(`is of another partition than ${caller.arn}`);
  const iam = await aws.iam();
  let found: Pick<GetRoleResponse, 'Role'> | undefined;
  try {
    found = await orUndefined(iam.getRole({ RoleName: arn.slice(arn.lastIndexOf('/') + 1) }), ...GONE);
  } catch (error) {
    // Whoever may not look must take it as it is: Step Functions says when it is used whether it can be.
    if (isError(error, ...REFUSED)) return unasked(arn, 'iam:GetRole on it is denied to the caller');
    throw error;
  }
  if (found?.Role === undefined) throw refuse('does not exist');
  // A role's path is part of its ARN.
  if (found.Role.Arn !== arn) throw refuse(`does not exist under this ARN: that of its name is ${found.Role.Arn}`);
  const trusted = trusts(iamDocument(found.Role.AssumeRolePolicyDocument), {
    services: ['states.amazonaws.com', `states.${caller.region}.amazonaws.com`],
    context: { 'aws:SourceAccount': caller.account, 'aws:SourceArn': desired.names.machineArn },
  });
  if (trusted === 'no') throw refuse(`cannot be assumed by Step Functions for ${desired.names.machineArn}`);
  const why =
    typeof trusted === 'object' &&
    `its trust asks for ${trusted.unsaid.join(', ')}, of which nobody knows what Step Functions says`;
  const open = why
    ? [diagnose('DEP016', { principal: 'states.amazonaws.com', what: [`sts:AssumeRole on ${arn}`], why })]
    : [];
  const { warnings, notes } = await sufficient(iam, arn, desired.needs);
  return { warnings: [...open, ...warnings], notes };
}

function unasked(role: string, why: string): Checked {
  return { warnings: [], notes: [`whether ${role} suffices was not asked: ${why}`] };
}

async function sufficient(iam: IAM, role: string, policy: JsonObject): Promise<Checked> {
  const decisions: Decision[] = [];
  try {
    for (const { Action, Resource, Condition } of policy.Statement as readonly JsonObject[]) {
      // An action alone names its service's every action in no way that could be asked for.
      const actions = texts(Action).filter((action) => !action.includes('*'));
      if (actions.length === 0) continue;
      const context = contextOf(Condition);
      decisions.push(...(await decisionsOn(iam, { principal: role, actions, resources: texts(Resource), context })));
    }
  } catch (error) {
    if (isError(error, ...REFUSED)) return unasked(role, 'iam:SimulatePrincipalPolicy is denied to the caller');
    if (errorClass(error) === 'retry') return unasked(role, 'IAM’s simulator did not answer');
    throw error;
  }
  const denied = decisions.filter(({ decision }) => decision === 'denied');
  const lacking = byResource(denied).map(({ actions, resource }) => `${actions.join(', ')} on ${resource}`);
  if (lacking.length > 0) throw new Stop(diagnose('DEP009', { role, lacking }));
  return { warnings: doubts(role, decisions), notes: [] };
}

function texts(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]) as readonly string[];
}

/** The conditions of our own policy hold when the machine calls; a `*` in a value stands for something. */
function contextOf(condition: Json | undefined): Context {
  return Object.fromEntries(
    Object.values((condition ?? {}) as { [operator: string]: JsonObject }).flatMap((keys) =>
      Object.entries(keys).map(([key, value]) => [key, texts(value).map((one) => String(one).replaceAll('*', 'x'))]),
    ),
  );
}
