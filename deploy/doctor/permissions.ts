import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { byResource, decisionsOf, doubts, isRoot } from '../checks/caller.ts';
import type { Desired } from '../desired/desired.ts';
import { type Plan, planOf } from '../plan.ts';
import { HANDLERS } from '../resources/handlers.ts';
import { type Finding, looked, missing, there } from './finding.ts';

/** Whether the caller may make all calls of a first deploy. */
export function lookAtPermissions(aws: Clients, caller: Caller, desired: Desired): Promise<Finding[]> {
  const about = `what ${caller.arn} may do`;
  return looked(about, async () => {
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
      ...denied.map(({ actions, resource, why }) =>
        missing(about, {
          ...diagnose('AWS004', { action: actions.join(', '), resource, caller: caller.arn, detail: why }),
          remedy: `Add to its policy: ${JSON.stringify({ Effect: 'Allow', Action: actions, Resource: resource })}. \`dagwright doctor --policy\` prints all that it needs.`,
        }),
      ),
      ...open.map((said): Finding => ({ about, state: 'not asked', said })),
    ];
  });
}

/** Of an account in which nothing is. */
function firstPlan(desired: Desired, { account }: Caller): Plan {
  const nothing = { record: undefined, assets: new Map(), locked: false, observed: new Map() };
  const files = desired.assets.map((asset) => ({ ...asset, file: '', size: 0 }));
  return planOf(desired, nothing, files, { account, adopt: false }).plan;
}

/** Whether the names that deploy gives are free, or the DAG's own. */
export function lookAtNames(aws: Clients, caller: Caller, desired: Desired): Promise<Finding[]> {
  const { prefix } = desired.environment;
  const about = `the names of ${desired.dag}${prefix === '' ? '' : ` (prefix ${prefix})`}`;
  return looked(about, async () => {
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
