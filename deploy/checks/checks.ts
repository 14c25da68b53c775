import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Desired } from '../desired/desired.ts';
import type { Plan } from '../plan.ts';
import { definitionText } from '../resources/state-machine.ts';
import { type Checked, checkCaller } from './caller.ts';
import { REFUSED } from './principal.ts';

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

/**
 * Lets AWS validate the definitions that would change, so that none is refused halfway through. A caller who may not ask that may well
 * deploy: then it is left out.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
async function checkDefinitions(aws: Clients, desired: Desired, plan: Plan): Promise<Checked> {
  const changed = desired.resources.filter(
    ({ kind, arn }) => kind === 'machine' && plan.changes.some((one) => one.arn === arn && one.machine !== undefined),
  );
  if (changed.length === 0) return { warnings: [], notes: [] };
  const sfn = await aws.sfn();
  const faults: Diagnostic[] = [];
  try {
    await Promise.all(
      changed.map(async ({ name, properties }) => {
        const definition = definitionText(properties.definition!);
        const { result, diagnostics = [] } = await sfn.validateStateMachineDefinition({ definition, type: 'STANDARD' });
        if (result !== 'FAIL') return;
        for (const { code = '', message = '', location } of diagnostics.filter(({ severity }) => severity === 'ERROR'))
          faults.push(diagnose('DEP007', { machine: name, code, detail: message, location }));
      }),
    );
  } catch (error) {
    if (!isError(error, ...REFUSED)) throw error;
    const why = 'states:ValidateStateMachineDefinition is denied to the caller';
    return { warnings: [], notes: [`the definitions were not validated by AWS: ${why}`] };
  }
  if (faults.length > 0) throw new Stop(faults);
  return { warnings: [], notes: [] };
}
