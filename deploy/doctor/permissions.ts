import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { byResource, decisionsOf, doubts, type Grouped, isRoot } from '../checks/caller.ts';
import type { Desired } from '../desired/desired.ts';
import { passedNames } from '../desired/trust.ts';
import { type Plan, planOf } from '../plan.ts';
import { HANDLERS } from '../resources/handlers.ts';
import { type Finding, type Look, looked, missing, there } from './finding.ts';

/** Whether the caller may make all calls of a first deploy. */
export function lookAtPermissions(aws: Clients, caller: Caller, desired: Desired): Look {
  const about = `what ${caller.arn} may do`;
  return looked(about, undefined, async () => {
    if (isRoot(caller)) return there(about, 'everything that an organization does not deny: it is the account’s root');
    const asked = await decisionsOf(aws, caller, desired, firstPlan(desired, caller));
    if ('unasked' in asked) {
      const remedy = 'Allow iam:SimulatePrincipalPolicy and iam:GetRole on itself to the caller.';
      return { about, state: 'not asked', said: diagnose('DOC001', { about, why: asked.unasked, remedy }) } as const;
    }
    const denied = byResource(asked.decisions.filter(({ decision }) => decision === 'denied'));
    const open = doubts(caller.arn, asked.decisions);
    if (denied.length === 0 && open.length === 0)
      return there(about, `all ${asked.decisions.length} calls of a first deploy of ${desired.dag}`);
    return [
      ...denied.map((one) =>
        missing(about, {
          ...diagnose('AWS004', {
            action: one.actions.join(', '),
            resource: one.resource,
            caller: caller.arn,
            detail: one.why,
          }),
          remedy: remedyFor(one, caller),
        }),
      ),
      ...open.map((said): Finding => ({ about, state: 'not asked', said })),
    ];
  });
}

/** The statement that is missing; what a policy denies, and what a boundary does not allow, no other statement allows. */
function remedyFor({ actions, resource, why, passedTo }: Grouped, { partition }: Caller): string {
  const all = '`dagwright doctor --policy` prints all that it needs.';
  if (why !== undefined) return `Have that policy changed by whoever keeps it. ${all}`;
  const others = actions.filter((action) => action !== PASS_ROLE);
  const statements = [
    ...(others.length === 0 ? [] : [{ Effect: 'Allow', Action: others, Resource: resource }]),
    ...(others.length === actions.length
      ? []
      : [
          {
            ...{ Effect: 'Allow', Action: PASS_ROLE, Resource: resource },
            Condition: { StringEquals: { 'iam:PassedToService': passedNames(passedTo, partition) } },
          },
        ]),
  ];
  return `Add to its policy: ${statements.map((one) => JSON.stringify(one)).join(', ')}. ${all}`;
}

const PASS_ROLE = 'iam:PassRole';

/** Of an account in which nothing is. */
function firstPlan(desired: Desired, { account }: Caller): Plan {
  const nothing = { record: undefined, assets: new Map(), locked: false, observed: new Map() };
  const files = desired.assets.map((asset) => ({ ...asset, file: '', size: 0 }));
  return planOf(desired, nothing, files, { account, adopt: false }).plan;
}

/** Whether the names that deploy gives are free, or the DAG's own. */
export function lookAtNames(aws: Clients, caller: Caller, desired: Desired): Look {
  const { prefix } = desired.environment;
  const about = `the names of ${desired.dag}${prefix === '' ? '' : ` (prefix ${prefix})`}`;
  return looked(about, undefined, async () => {
    const found = await Promise.all(
      desired.resources.map(async (resource) => {
        const observed = await HANDLERS[resource.kind].observe(aws, resource);
        return observed === undefined ? [] : ([[resource.arn, observed]] as const);
      }),
    );
    const observed = new Map(found.flat());
    const current = { record: undefined, assets: new Map(), locked: false, observed };
    const { collisions } = planOf(desired, current, [], { account: caller.account, adopt: false });
    if (collisions.length > 0) return collisions.map((said) => missing(about, said));
    const profiles = desired.resources.filter(({ kind, arn }) => kind === 'instance-profile' && !observed.has(arn));
    return [
      there(about, observed.size === 0 ? 'free' : `free or its own (${observed.size} are there)`),
      ...profiles.map(
        ({ name }): Finding => ({
          about: `the instance profile ${name}`,
          state: 'note',
          said: diagnose('DOC018', { name }),
        }),
      ),
    ];
  });
}
