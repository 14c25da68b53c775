import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import type { Desired } from '../desired/desired.ts';
import type { Plan } from '../plan.ts';
import { type Checked, checkCaller } from './caller.ts';
import { checkDefinitions } from './definitions.ts';

export type { Checked } from './caller.ts';
export { checkRole } from './role.ts';

/**
 * What is asked of AWS before a plan is carried out: whether it takes the definitions, and whether the caller may do all of it. A check that
 * cannot be made stops nothing: the calls themselves will say what is missing.
 * @throws Stop for what is certain
 */
export async function checkPlan(aws: Clients, caller: Caller, desired: Desired, plan: Plan): Promise<Checked> {
  return both(...(await Promise.all([checkDefinitions(aws, desired, plan), checkCaller(aws, caller, desired, plan)])));
}

export function both(...checked: readonly Checked[]): Checked {
  return {
    warnings: checked.flatMap(({ warnings }) => warnings),
    notes: checked.flatMap(({ notes }) => notes),
  };
}

/** What is said where nobody wants the checks. */
export const SKIPPED: Checked = { warnings: [], notes: ['nothing was asked of AWS beforehand (--skip-checks)'] };
