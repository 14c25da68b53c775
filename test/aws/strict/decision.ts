import { runSimulation } from '@cloud-copilot/iam-simulate';
import { type Context, type Decision, type IamRequest, loadIam, type NamedPolicy } from '../../../engines/iam/index.ts';

/** What somebody may do. */
export interface Permissions {
  readonly arn: string;
  readonly policies: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy | undefined;
  readonly scps?: readonly NamedPolicy[] | undefined;
}

const iam = loadIam('the strict AWS');

/** Decisions that were made, by all that they depend on: the least that a deployer needs is decided again at each call. */
const known = new Map<string, Promise<Decision>>();
/** Policies are replaced and not changed, so that one is told from another by a number. */
const numbers = new WeakMap<object, number>();
let count = 0;
function numberOf(policies: object | undefined): number {
  if (policies === undefined) return 0;
  const number = numbers.get(policies) ?? ++count;
  numbers.set(policies, number);
  return number;
}

/** IAM's decision on a request, with the keys that it has besides its own. */
export function decide(
  permissions: Permissions,
  { action, resource, context }: Omit<IamRequest, 'context'> & Partial<Pick<IamRequest, 'context'>>,
  given: Context,
): Promise<Decision> {
  const { arn, policies, boundary, scps } = permissions;
  const request = { action, resource, context: { ...given, ...context } };
  const key = JSON.stringify([arn, numberOf(policies), numberOf(boundary), numberOf(scps), request]);
  const decision = known.get(key) ?? decided(permissions, request);
  known.set(key, decision);
  return decision;
}

async function decided({ arn, policies, boundary, scps }: Permissions, request: IamRequest): Promise<Decision> {
  return (await iam).authorize({
    principal: arn,
    ...request,
    policies: {
      identity: policies,
      ...(boundary !== undefined && { boundary: [boundary] }),
      ...(scps !== undefined && { organization: [[FULL_ACCESS, ...scps]] }),
    },
  });
}

/** Whether a role's trust lets a principal (a service, or somebody's ARN) assume it. */
export async function trusts(
  role: { readonly arn: string; readonly trust: NamedPolicy['policy'] },
  principal: string,
  context: Context,
): Promise<boolean> {
  const resource = { name: 'trust', policy: role.trust };
  const { allowed } = (await iam).authorize({
    ...{ principal, action: 'sts:AssumeRole', resource: role.arn, context },
    policies: { resource },
  });
  return allowed;
}

/** What is wrong with a document by the grammar of policies. */
export async function syntaxErrors(document: object, kind: 'trust' | 'identity'): Promise<string[]> {
  const answer = await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::000000000000:user/nobody',
        action: 'sts:AssumeRole',
        resource: { resource: 'arn:aws:iam::000000000000:role/nothing', accountId: '000000000000' },
        contextVariables: {},
      },
      identityPolicies: kind === 'identity' ? [{ name: 'document', policy: document }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(kind === 'trust' && { resourcePolicy: document }),
    },
    {},
  );
  if (answer.resultType !== 'error') return [];
  const { identityPolicyErrors = {}, resourcePolicyErrors = [] } = answer.errors;
  return [...Object.values(identityPolicyErrors).flat(), ...resourcePolicyErrors].map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

const FULL_ACCESS: NamedPolicy = {
  name: 'FullAWSAccess',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
