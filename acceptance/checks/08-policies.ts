import type { EvaluationResult, IAM } from '@aws-sdk/client-iam';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { iamDocument } from '../../aws/iam-document.ts';
import type { Bench, Check } from '../check.ts';
import { type Document, policiesOf } from '../machines.ts';
import { accessAnalyzerOf, cloudTrailOf } from '../optional-clients.ts';
import { projectWith } from '../project.ts';
import { expectThat, NotRun } from '../verdict.ts';

/** So many pages of fifty events are read, two in a second. */
const MOST_PAGES = 200;

/** IAM's own simulator and Access Analyzer on every policy, and what CloudTrail says of calls that were denied. */
export const policies: Check = {
  number: 8,
  name: 'policies',
  title:
    'Access Analyzer finds no fault in any policy, the simulator allows what each says, and no call of a run was denied',
  makes: 'the roles of a DAG that is never run',
  most: 0,
  why: 'ValidatePolicy, the simulator and CloudTrail’s events of the last 90 days cost nothing',
  minutes: 15,
  async run(at) {
    const { account, repository, part, keep } = at;
    const project = await projectWith(at, ['first'], { schedule: 'disabled' });
    let made: Made = { policies: [], trusts: [] };
    await part('roles as deploy makes them', async () => {
      await project.must(['deploy', 'first', '--yes']);
      made = await madeBy(at);
      expectThat(made.trusts.length > 3, `Only ${made.trusts.length} roles are there.`);
    });
    const all = [...(await policiesOf(repository, account.caller)), ...made.policies];

    await part(`Access Analyzer on ${all.length} policies and ${made.trusts.length} trusts`, async () => {
      const analyzer = await accessAnalyzerOf(account.clients);
      const found: Record<string, unknown> = {};
      const bad: string[] = [];
      const ask = async ({ file, content }: Document, policyType: 'IDENTITY_POLICY' | 'RESOURCE_POLICY') => {
        const { findings = [] } = await analyzer.validatePolicy({
          ...{ policyDocument: JSON.stringify(content), policyType, maxResults: 1000 },
          ...(policyType === 'RESOURCE_POLICY' && { validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' }),
        });
        if (findings.length > 0) found[file] = findings;
        for (const { findingType, issueCode } of findings)
          if (findingType === 'ERROR' || findingType === 'SECURITY_WARNING') bad.push(`${file}: ${issueCode}`);
      };
      for (const document of all) await ask(document, 'IDENTITY_POLICY');
      for (const document of made.trusts) await ask(document, 'RESOURCE_POLICY');
      keep('findings of Access Analyzer', found);
      expectThat(bad.length === 0, `It finds ${bad.length} faults: ${bad.slice(0, 10).join('; ')}.`);
    });

    await part(`the simulator on ${all.length} policies`, async () => {
      const iam = await account.clients.iam();
      await calibrated(iam, account.caller.partition);
      const wrong: string[] = [];
      for (const document of all) wrong.push(...(await simulated(iam, document)));
      keep('what the simulator decides otherwise', wrong);
      expectThat(wrong.length === 0, `${wrong.length} calls are decided otherwise: ${wrong.slice(0, 10).join('; ')}.`);
    });

    await part('no AccessDenied in CloudTrail', () => noDenial(at));
  },
};

interface Made {
  readonly policies: readonly Document[];
  readonly trusts: readonly Document[];
}

/** The policies and trusts of the run's roles, as IAM has them. */
async function madeBy({ account, mark }: Bench): Promise<Made> {
  const iam = await account.clients.iam();
  const found: { policies: Document[]; trusts: Document[] } = { policies: [], trusts: [] };
  let Marker: string | undefined;
  do {
    const page = await iam.listRoles({ Marker });
    for (const { RoleName = '', AssumeRolePolicyDocument = '' } of page.Roles ?? []) {
      if (!RoleName.startsWith(`dagwright-${mark.prefix}`)) continue;
      found.trusts.push({ file: `trust of ${RoleName}`, content: iamDocument(AssumeRolePolicyDocument) as JsonObject });
      for (const PolicyName of (await iam.listRolePolicies({ RoleName })).PolicyNames ?? []) {
        const { PolicyDocument = '' } = await iam.getRolePolicy({ RoleName, PolicyName });
        found.policies.push({ file: `policy of ${RoleName}`, content: iamDocument(PolicyDocument) as JsonObject });
      }
    }
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}

/**
 * A question whose answer is known comes first: two resources, of which a condition that holds allows one.
 * @throws NotRun where the endpoint's simulator does not know conditions, or more than one resource
 */
async function calibrated(iam: IAM, partition: string): Promise<void> {
  const resource = (name: string) => `arn:${partition}:s3:::${name}/x`;
  const Statement = {
    ...{ Effect: 'Allow', Action: 's3:GetObject', Resource: resource('allowed') },
    Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  };
  const { EvaluationResults = [] } = await iam.simulateCustomPolicy({
    PolicyInputList: [JSON.stringify({ Version: '2012-10-17', Statement: [Statement] })],
    ActionNames: ['s3:GetObject'],
    ResourceArns: [resource('allowed'), resource('another')],
    ContextEntries: [
      { ContextKeyName: 'aws:RequestedRegion', ContextKeyType: 'string', ContextKeyValues: ['eu-west-1'] },
    ],
  });
  const decisions = EvaluationResults.flatMap(
    ({ ResourceSpecificResults, EvalResourceName, EvalDecision }) =>
      ResourceSpecificResults?.map((one) => `${one.EvalResourceName} ${one.EvalResourceDecision}`) ?? [
        `${EvalResourceName} ${EvalDecision}`,
      ],
  );
  const isRight =
    decisions.includes(`${resource('allowed')} allowed`) && decisions.includes(`${resource('another')} implicitDeny`);
  if (!isRight)
    throw new NotRun(`IAM's simulator at this endpoint decides a plain question otherwise: ${decisions.join(', ')}.`);
}

/** What the simulator decides otherwise than the policy says: what a statement allows must be allowed, and a neighbour's resource not. */
async function simulated(iam: IAM, { file, content }: Document): Promise<string[]> {
  const wrong: string[] = [];
  const policy = JSON.stringify(content);
  const statements = content.Statement as readonly JsonObject[];
  for (const { Effect, Action, Resource, Condition } of statements) {
    const ActionNames = list(Action).filter((action) => !action.includes('*'));
    if (Effect !== 'Allow' || ActionNames.length === 0) continue;
    const ContextEntries = contextOf(Condition);
    const ask = async (ResourceArns: string[], wanted: (action: string, resource: string) => boolean) => {
      let Marker: string | undefined;
      do {
        const request = { PolicyInputList: [policy], ActionNames, ResourceArns, ContextEntries, Marker };
        const { EvaluationResults = [], IsTruncated, Marker: next } = await iam.simulateCustomPolicy(request);
        for (const { action, resource, decision } of EvaluationResults.flatMap(decisionsOf))
          if ((decision === 'allowed') !== wanted(action, resource))
            wrong.push(`${file}: ${action} on ${resource} is ${decision}`);
        Marker = IsTruncated ? next : undefined;
      } while (Marker !== undefined);
    };
    await ask(
      list(Resource).map((one) => one.replaceAll('*', 'x')),
      () => true,
    );
    const neighbours = list(Resource).flatMap((one) => neighbourOf(one) ?? []);
    // Another statement may be about the neighbour as well.
    const isAllowed = (action: string, resource: string) =>
      statements.some(
        (one) => list(one.Action).includes(action) && list(one.Resource).some((all) => isOf(resource, all)),
      );
    if (neighbours.length > 0) await ask(neighbours, isAllowed);
  }
  return wrong;
}

/** Of each resource, also where the answer has one result for several. */
function decisionsOf({ EvalActionName: action = '', EvalResourceName, EvalDecision, ...rest }: EvaluationResult) {
  const each = rest.ResourceSpecificResults ?? [];
  if (each.length === 0) return [{ action, resource: EvalResourceName ?? '*', decision: EvalDecision }];
  return each.map((one) => ({ action, resource: one.EvalResourceName ?? '*', decision: one.EvalResourceDecision }));
}

/** The same kind of resource under a name that nobody has; undefined where the statement is for all of them. */
function neighbourOf(resource: string): string | undefined {
  const parts = resource.split(':');
  const last = parts.at(-1)!;
  if (resource === '*' || /^([a-z-]+[/:])?\*$/.test(last)) return undefined;
  const name = parts[2] === 's3' ? /^[^/]+/ : /[^/*]+(?=[^/]*$|\/\*$)/;
  const named = last.replace(name, 'neighbour-of-nobody');
  return named === last ? undefined : [...parts.slice(0, -1), named].join(':').replaceAll('*', 'x');
}

/** Whether a pattern of a policy is of a resource. */
function isOf(resource: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(resource);
}

function list(value: Json | undefined): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as string[];
}

/** The conditions of the policy hold when its owner calls. */
function contextOf(condition: Json | undefined) {
  return Object.values((condition ?? {}) as { readonly [operator: string]: JsonObject }).flatMap((keys) =>
    Object.entries(keys).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: 'stringList' as const,
      ContextKeyValues: list(value).map((one) => String(one).replaceAll('*', 'x')),
    })),
  );
}

/** No management event of the run's roles since it began was denied. Calls on data, such as S3's of an object, are none. */
async function noDenial({ account, mark, began, keep, signal }: Bench): Promise<void> {
  const trail = await cloudTrailOf(account.clients);
  const denied: { readonly event: string; readonly by: string; readonly message: string }[] = [];
  let own = 0;
  let NextToken: string | undefined;
  for (let page = 0; page === 0 || NextToken !== undefined; page += 1) {
    signal.throwIfAborted();
    if (page === MOST_PAGES)
      throw new NotRun(`CloudTrail has more than ${MOST_PAGES * 50} events since the run began.`);
    const answer = await trail.lookupEvents({ StartTime: began, EndTime: new Date(), MaxResults: 50, NextToken });
    for (const { EventName = '', CloudTrailEvent = '{}' } of answer.Events ?? []) {
      const event = JSON.parse(CloudTrailEvent) as {
        errorCode?: string;
        errorMessage?: string;
        userIdentity?: { arn?: string };
      };
      const by = event.userIdentity?.arn ?? '';
      if (!by.includes(`dagwright-${mark.prefix}`)) continue;
      own += 1;
      if (/AccessDenied|Unauthorized/.test(event.errorCode ?? ''))
        denied.push({ event: EventName, by, message: event.errorMessage ?? '' });
    }
    NextToken = answer.NextToken;
    if (account.isAws) await new Promise((resolve) => setTimeout(resolve, 600));
  }
  keep('denied calls in CloudTrail', { events: own, denied });
  if (denied.length === 0 && own === 0)
    throw new NotRun(
      'CloudTrail has no event of the run’s roles: the checks 5 to 7 make some, and it shows them within about 15 minutes.',
    );
  expectThat(
    denied.length === 0,
    `${denied.length} calls were denied: ${denied.map(({ event, message }) => `${event} (${message})`).join('; ')}.`,
  );
}
