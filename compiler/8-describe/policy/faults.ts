import { isPlaceholder } from '../../../asl/placeholders/index.ts';
import { actionNames, iamAction, type NeededAction, resourceFault } from '../../../asl/services/iam/index.ts';
import type { Permission } from '../../../authoring/internal.ts';
import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import { SERVICES_IAM } from '../../../tasks/services.ts';
import type { Graph, GraphTask } from '../../3-graph/graph.ts';
import type { TaskPermissions } from './policy.ts';

/** What of a DAG's permissions IAM would refuse, or would not understand, and roles that its calls need and nobody names. */
export function policyFaults({ tasks }: Graph, permissions: TaskPermissions): Diagnostic[] {
  return [...tasks].flatMap(([task, placed]) => {
    const at = { task, place: placed.model.place };
    const { needed, called, said } = permissions.get(task)!;
    return [
      ...ofPermissions(task, [...called, ...said], said).map(([code, args]) =>
        diagnose(code as 'DAG146', args as never, at),
      ),
      ...bareRoles(needed).map(([field, role]) => diagnose('DAG148', { task, field, role }, at)),
      ...unnamedRoles(placed, needed, said).map(([call, from]) => diagnose('DAG150', { task, call, from }, at)),
    ];
  });
}

type Fault = readonly [code: string, args: object];

/** @param said those that somebody wrote: the actions of the others are IAM's own */
function ofPermissions(task: string, all: readonly Permission[], said: readonly Permission[]): Fault[] {
  const resources = [...new Set(all.flatMap((one) => one.resources))];
  const actions = [...new Set(said.flatMap((one) => one.actions))];
  return [
    ...resources.flatMap((resource): Fault[] => {
      const why = resourceFault(resource);
      return why === undefined ? [] : [['DAG146', { task, resource, why }]];
    }),
    ...actions
      .filter((action) => !isKnown(action))
      .map((action): Fault => ['DAG147', { task, action, known: actionNames(action.split(':')[0] ?? '') }]),
  ];
}

/** Patterns are IAM's to match; an action that holds a value is not known yet. */
function isKnown(action: string): boolean {
  if (/[*?$]/.test(action)) return true;
  const [prefix = '', name = ''] = action.split(':');
  return iamAction(prefix, name) !== undefined;
}

/** Roles by their bare names in fields that take an ARN. */
function bareRoles(needed: readonly NeededAction[]): (readonly [field: string, role: string])[] {
  const found = needed.flatMap(({ prefix, parameters }) => {
    if (SERVICES_IAM.get(prefix)?.assumedBy === null) return [];
    return parameters.flatMap(({ path, value }) => {
      const field = path.at(-1) ?? '';
      const isBare = /rolearn$/i.test(field) && !/[:*?]/.test(value) && !isPlaceholder(value);
      return isBare ? [[field, value] as const] : [];
    });
  });
  return [...new Map(found.map((one) => [one.join(' '), one])).values()];
}

/** Calls that hand on roles which stand elsewhere, where nothing says which. */
function unnamedRoles(
  { model }: GraphTask,
  needed: readonly NeededAction[],
  said: readonly Permission[],
): (readonly [call: string, from: string])[] {
  if (model.template.saysRoles || said.some(({ actions }) => actions.includes('iam:PassRole'))) return [];
  return needed.flatMap(({ prefix, action, parameters }) => {
    const handsOn = SERVICES_IAM.get(prefix)?.handsOnFrom?.[action.name];
    const isGiven = handsOn?.given?.some((name) => parameters.some(({ path }) => path.includes(name))) ?? true;
    return handsOn === undefined || !isGiven ? [] : [[`${prefix}:${action.name}`, handsOn.from] as const];
  });
}
