import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { intrinsicParts } from '../../placeholders/index.ts';
import { objects } from '../machine.ts';
import type { Definition, Held, Holder } from './held.ts';

const TYPE = 'aws_sfn_state_machine';

/**
 * The state machines of `terraform show -json`, of a plan or of a state, and of Terraform's configuration in JSON, as CDK
 * for Terraform writes it.
 */
export function terraformMachines(value: JsonObject): Holder | undefined {
  const what = 'what Terraform says in JSON';
  for (const field of ['planned_values', 'values'])
    if (isObject(value[field]) && typeof value.format_version === 'string')
      return { what, held: moduleMachines(value[field].root_module, `/${field}/root_module`) };
  if (!isObject(value.resource)) return undefined;
  const machines = value.resource[TYPE];
  const named = isObject(machines) ? Object.entries(machines) : [];
  const held = named.flatMap(([name, machine]) => {
    const at = `/resource/${TYPE}/${token(name)}`;
    const blocks: [string, Json][] = Array.isArray(machine)
      ? objects(machine).map(([i, one]) => [`${at}/${i}`, one])
      : [[at, machine]];
    return blocks.flatMap(([place, one]) => (isObject(one) ? [machineOf(name, one, place)] : []));
  });
  return { what: "Terraform's configuration in JSON", held };
}

function moduleMachines(module: Json | undefined, at: string): Held[] {
  if (!isObject(module)) return [];
  const own = objects(module.resources).flatMap(([i, resource]) =>
    resource.type === TYPE && isObject(resource.values)
      ? [machineOf(String(resource.address ?? resource.name), resource.values, `${at}/resources/${i}/values`)]
      : [],
  );
  const inner = objects(module.child_modules).flatMap(([i, one]) => moduleMachines(one, `${at}/child_modules/${i}`));
  return [...own, ...inner];
}

function machineOf(machine: string, { definition, type }: JsonObject, at: string): Held {
  return {
    machine,
    express: type === 'EXPRESS',
    at: definition === undefined ? at : `${at}/definition`,
    is: definitionOf(definition),
  };
}

function definitionOf(definition: Json | undefined): Definition {
  if (definition === undefined || definition === null)
    return { kind: 'elsewhere', what: 'known only once the plan is applied' };
  // "${jsonencode(…)}", "${data.template_file.x.rendered}": an expression of Terraform.
  if (typeof definition !== 'string' || definition.trim().startsWith('${'))
    return { kind: 'elsewhere', what: 'an expression of Terraform' };
  return { kind: 'text', parts: intrinsicParts(definition)! };
}
