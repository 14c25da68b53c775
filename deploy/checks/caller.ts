import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { errorClass, isError } from '../../aws/errors.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Desired } from '../desired/desired.ts';
import type { Plan } from '../plan.ts';
import { needsOf } from './needs.ts';
import { GONE, principalOf, REFUSED } from './principal.ts';
import { type Decision, decisionsOn } from './simulator.ts';

/** What a check found that does not stop a deploy. */
export interface Checked {
  readonly warnings: readonly Diagnostic[];
  /** Why a check was not made. */
  readonly notes: readonly string[];
}

/**
 * Asks IAM, where the caller may ask, whether the caller may do all that the plan will do: a permission that is missing is said before
 * anything is changed, not halfway. What IAM could not say is a warning.
 * @throws Stop that names each action and resource
 */
export async function checkCaller(aws: Clients, caller: Caller, desired: Desired, plan: Plan): Promise<Checked> {
  const asked = await decisionsOf(aws, caller, desired, plan);
  if ('unasked' in asked)
    return {
      warnings: [],
      notes: isRoot(caller) ? [] : [`whether ${caller.arn} may do all of it was not asked: ${asked.unasked}`],
    };
  const denied = asked.decisions.filter(({ decision }) => decision === 'denied');
  if (denied.length > 0)
    throw new Stop(
      byResource(denied).map(({ actions, resource, why }) =>
        diagnose('AWS004', { action: actions.join(', '), resource, caller: caller.arn, detail: why }),
      ),
      3,
    );
  return { warnings: doubts(caller.arn, asked.decisions), notes: [] };
}

/** What IAM decides of each call that a plan will make, or why it was not asked. */
export async function decisionsOf(
  aws: Clients,
  caller: Caller,
  desired: Desired,
  plan: Plan,
): Promise<{ readonly decisions: readonly Decision[] } | { readonly unasked: string }> {
  const iam = await aws.iam();
  let decisions: Decision[];
  try {
    const principal = await principalOf(iam, caller);
    if ('none' in principal) return { unasked: principal.none };
    const asked = needsOf(desired, plan, caller).map((need) => decisionsOn(iam, { ...need, principal: principal.arn }));
    decisions = (await Promise.all(asked)).flat();
  } catch (error) {
    // Without permission to simulate policies, or without an answer, the calls themselves show what is missing.
    if (isError(error, ...REFUSED)) return { unasked: 'iam:SimulatePrincipalPolicy is denied to it' };
    if (isError(error, ...GONE)) return { unasked: 'IAM does not know it' };
    if (errorClass(error) === 'retry') return { unasked: 'IAM’s simulator did not answer' };
    throw error;
  }
  const own = await ownPolicyOf(aws, desired, caller, decisions);
  return { decisions: decisions.map((one) => byItsOwnPolicy(one, own)) };
}

/** To whom nothing is denied but what an organization's policies deny. */
export function isRoot({ arn }: Caller): boolean {
  return arn.endsWith(':root');
}

/** What could not be decided of a principal, one warning a reason. */
export function doubts(principal: string, decisions: readonly Decision[]): Diagnostic[] {
  const open = decisions.filter(({ decision }) => decision === 'unsaid');
  return [...new Set(open.map(({ why = '' }) => why))].map((why) => {
    const what = byResource(open.filter((one) => one.why === why)).map(
      ({ actions, resource }) => `${actions.join(', ')} on ${resource}`,
    );
    return diagnose('DEP016', { principal, what, why });
  });
}

/** What was decided in the same way on one resource. */
export interface Grouped {
  readonly actions: string[];
  readonly resource: string;
  readonly why: string | undefined;
  /** The services to which it was to be passed, where it is a role. */
  readonly passedTo: string[];
}

/** A message a resource, not one an action. */
export function byResource(decisions: readonly Decision[]): Grouped[] {
  const found: Grouped[] = [];
  for (const { action, resource, why, passedTo } of decisions) {
    const known = found.find((one) => one.resource === resource && one.why === why);
    const to = known?.passedTo ?? [];
    if (passedTo !== undefined && !to.includes(passedTo)) to.push(passedTo);
    if (known === undefined) found.push({ actions: [action], resource, why, passedTo: to });
    else if (!known.actions.includes(action)) known.actions.push(action);
  }
  return found;
}

/**
 * A bucket's own policy may allow what the caller's policies do not, and the simulator does not know it. Undefined where the bucket has
 * none; else why a denial is not certain.
 */
async function ownPolicyOf(
  aws: Clients,
  { environment }: Desired,
  { account }: Caller,
  decisions: readonly Decision[],
): Promise<string | undefined> {
  if (!decisions.some((one) => isOfBucket(one))) return undefined;
  const s3 = await aws.s3();
  try {
    await s3.getBucketPolicy({ Bucket: environment.artifacts, ExpectedBucketOwner: account });
    return 'no policy of its own allows it; the bucket’s policy may';
  } catch (error) {
    if (isError(error, 'NoSuchBucketPolicy')) return undefined;
    return 'no policy of its own allows it; the bucket’s policy may, and could not be read';
  }
}

/** Denied on the bucket for want of a policy that allows it. */
function isOfBucket({ action, decision, why }: Decision): boolean {
  return action.startsWith('s3:') && decision === 'denied' && why === undefined;
}

/** What a policy of the thing itself may allow: a bucket's, where there is one, and a key's, which every key has. */
function byItsOwnPolicy(one: Decision, ofBucket: string | undefined): Decision {
  const ofKey = one.action.startsWith('kms:') && one.decision === 'denied' && one.why === undefined;
  const why = ofKey ? 'no policy of its own allows it; the key’s policy may' : isOfBucket(one) ? ofBucket : undefined;
  return why === undefined ? one : { ...one, decision: 'unsaid', why };
}
