import type { IAM } from '@aws-sdk/client-iam';
import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { orUndefined } from '../../aws/errors.ts';
import { iamDocument } from '../../aws/iam-document.ts';
import { roleArn } from '../../aws/names.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { checkRole } from '../checks/checks.ts';
import { GONE } from '../checks/principal.ts';
import { trusts } from '../checks/trust.ts';
import type { Desired } from '../desired/desired.ts';
import { principalIn } from '../desired/trust.ts';
import { allowing, type Finding, type Look, looked, missing, there } from './finding.ts';
import { linkedRolesOf, type MachineCall } from './machine-calls.ts';

/** A role that the environment names for something that a machine hands on. */
export interface NamedRole {
  /** Its name with its path. */
  readonly role: string;
  /** The name in the DAG's env. */
  readonly env: string;
  readonly assumedBy: readonly string[];
  readonly instanceProfile: boolean;
  /** Whether the manifest says what it must be allowed, so that deploy could make it. */
  readonly canBeMade: boolean;
}

/** Whether a role that is given is there under its path, and can be assumed by those to whom it is handed. */
export function lookAtRole(aws: Clients, caller: Caller, named: NamedRole): Look {
  const { role, env, assumedBy, instanceProfile, canBeMade } = named;
  const about = `the role ${role} (${env})`;
  const name = role.slice(role.lastIndexOf('/') + 1);
  const profiles = `arn:${caller.partition}:iam::${caller.account}:instance-profile/${name}`;
  const takes = {
    Action: ['iam:GetRole', ...(instanceProfile ? ['iam:GetInstanceProfile'] : [])],
    Resource: [...rolesCalled(caller, role), ...(instanceProfile ? [profiles] : [])],
  };
  return looked(about, takes, async () => {
    const iam = await aws.iam();
    const found = (await orUndefined(iam.getRole({ RoleName: name }), ...GONE))?.Role;
    const assumers = assumedBy.map((service) => principalIn(caller.partition, service));
    if (found === undefined)
      return missing(about, diagnose('DOC005', { role, env, services: assumers, canBeMade, instanceProfile }));
    const arn = roleArn(caller, role);
    if (found.Arn !== arn) return missing(about, diagnose('DOC006', { role, env, actual: found.Arn ?? '' }));
    const document = iamDocument(found.AssumeRolePolicyDocument);
    const context = { 'aws:SourceAccount': caller.account };
    const refused = assumers.filter((service) => trusts(document, { services: [service], context }) === 'no');
    if (refused.length > 0) return missing(about, diagnose('DOC007', { role, services: refused }));
    const profile = instanceProfile ? await profileOf(iam, name) : undefined;
    if (profile !== undefined) return missing(about, diagnose('DOC008', { name, ...profile }));
    return there(about, assumers.length === 0 ? 'there' : `there, and trusts ${assumers.join(', ')}`);
  });
}

/** A role is asked for by its name alone: one that is not there has no path, and one that is there has perhaps another one. */
function rolesCalled(caller: Caller, role: string): string[] {
  const name = role.slice(role.lastIndexOf('/') + 1);
  return [...new Set([role, name, `*/${name}`])].map((one) => roleArn(caller, one));
}

/** What is wrong with the instance profile of a role's name; undefined where nothing is. */
async function profileOf(
  iam: IAM,
  InstanceProfileName: string,
): Promise<{ readonly isThere: boolean; readonly others: readonly string[] } | undefined> {
  const found = await orUndefined(iam.getInstanceProfile({ InstanceProfileName }), ...GONE);
  if (found?.InstanceProfile === undefined) return { isThere: false, others: [] };
  const others = found.InstanceProfile.Roles?.map(({ RoleName = '' }) => RoleName) ?? [];
  return others.includes(InstanceProfileName) ? undefined : { isThere: true, others };
}

/** The role of the machine, where it is given: what deploy checks of it. */
export function lookAtMachineRole(aws: Clients, caller: Caller, desired: Desired): Look {
  const { role } = desired.environment;
  const about = `the machine’s role ${role}`;
  const takes = { Action: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'], Resource: [role] };
  return looked(about, takes, () =>
    stopped(about, async () => {
      const { warnings, notes } = await checkRole(aws, caller, desired);
      const open = [
        ...warnings.map((said): Finding => ({ about, state: 'not asked', said })),
        ...notes.map(
          (why): Finding => ({
            about,
            state: 'not asked',
            said: diagnose('DOC001', { about, why, remedy: allowing(takes) }),
          }),
        ),
      ];
      return open.length > 0 ? open : [there(about, 'there, trusts Step Functions and suffices')];
    }),
  );
}

/** Whether the policy that bounds each role that is made is there. */
export function lookAtBoundary(aws: Clients, policy: string): Look {
  const about = `the policy ${policy} (permissionsBoundary)`;
  return looked(about, { Action: ['iam:GetPolicy'], Resource: [policy] }, async () => {
    const iam = await aws.iam();
    const found = await orUndefined(iam.getPolicy({ PolicyArn: policy }), ...GONE);
    return found?.Policy === undefined ? missing(about, diagnose('DOC019', { policy })) : there(about, 'there');
  });
}

/** The roles that AWS keeps for the services: made at the first use, if whoever uses the service first may do that. */
export function lookAtLinkedRoles(aws: Clients, calls: readonly MachineCall[], caller: Caller): Look[] {
  return linkedRolesOf(calls).map(({ role: { name, service: everywhere }, title }) => {
    const service = principalIn(caller.partition, everywhere);
    const about = `the service-linked role ${name}`;
    const Resource = rolesCalled(caller, `aws-service-role/${service}/${name}`);
    return looked(about, { Action: ['iam:GetRole'], Resource }, async () => {
      const iam = await aws.iam();
      const found = await orUndefined(iam.getRole({ RoleName: name }), ...GONE);
      if (found?.Role === undefined) return missing(about, diagnose('DOC009', { role: name, service, title }));
      return there(about, 'there');
    });
  });
}

/** Does what stops where something is missing: each diagnostic of it is a finding. */
async function stopped(about: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.diagnostics.map((said) => missing(about, said));
  }
}
