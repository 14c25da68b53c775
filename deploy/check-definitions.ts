import type { Clients } from '../aws/clients.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Desired } from './desired/desired.ts';
import type { Plan } from './plan.ts';
import { definitionText } from './resources/machine.ts';

/** Has AWS check the definitions that would change; what it refuses would fail halfway. */
export async function checkDefinitions(aws: Clients, desired: Desired, plan: Plan): Promise<void> {
  const changed = desired.resources.filter(
    ({ kind, arn }) => kind === 'machine' && plan.changes.some((one) => one.arn === arn && one.machine !== undefined),
  );
  if (changed.length === 0) return;
  const sfn = await aws.sfn();
  const faults: Diagnostic[] = [];
  await Promise.all(
    changed.map(async ({ name, properties }) => {
      const definition = definitionText(properties.definition!);
      const { result, diagnostics = [] } = await sfn.validateStateMachineDefinition({ definition, type: 'STANDARD' });
      if (result !== 'FAIL') return;
      for (const { code = '', message = '', location } of diagnostics.filter(({ severity }) => severity === 'ERROR'))
        faults.push(diagnose('DEP007', { machine: name, code, detail: message, location }));
    }),
  );
  if (faults.length > 0) throw new Stop(faults);
}
