import type { Permission } from '../../../authoring/internal.ts';
import { SERVICES } from '../../../tasks/services.ts';
import type { Parameter } from './calls.ts';
import type { NeededAction } from './iam-actions.ts';

/**
 * Leave to hand the roles that a call names to the service that assumes them, and to no other. A role is named by its ARN or by its
 * name in the machine's own account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles({ prefix, parameters }: Omit<NeededAction, 'action'>): Permission[] {
  if (ASSUMES_NONE.includes(prefix)) return [];
  return parameters.flatMap(({ path, value }) => {
    const field = path.at(-1) ?? '';
    if (!isRole(prefix, field, { path, value })) return [];
    const isWhole = value.startsWith('arn:') || (/arn$/i.test(field) && /^\$\{\w+\}$/.test(value));
    const service =
      SERVICE_ROLES[prefix]?.[field] ??
      ASSUMED_BY[`${prefix}:${field}`] ??
      `${ASSUMED_BY[prefix] ?? prefix}.amazonaws.com`;
    return [
      {
        actions: ['iam:PassRole'],
        resources: [isWhole ? value : `arn:\${partition}:iam::\${account}:role/${/arn$/i.test(field) ? '*' : value}`],
        condition: { StringEquals: { 'iam:PassedToService': service } },
      },
    ];
  });
}

/** Fields that hold a role: others of the name say who wrote a message, or what part an instance has. */
function isRole(prefix: string, field: string, { path, value }: Parameter): boolean {
  if (SERVICE_ROLES[prefix]?.[field] !== undefined) return true;
  if (field === 'Role') return path.length === 1 || value.startsWith('arn:');
  return /rolearn$/i.test(field) || /^(AutoScaling|Execution|JobFlow|Service)Role$/.test(field);
}

/** What the services say of their parameters. */
const SERVICE_ROLES: { readonly [prefix: string]: { readonly [field: string]: string } } = Object.fromEntries(
  SERVICES.flatMap(({ iam }) => (iam?.passedRoles ? [[iam.prefix, iam.passedRoles]] : [])),
);

/** Services whose parameters name roles that nobody assumes by the call, or that the call itself is about. */
const ASSUMES_NONE = ['emr-containers', 'iam', 'sts'];

/** Who assumes a role where it is not the service called; whole principals by field, their first word by service. */
const ASSUMED_BY: { readonly [field: string]: string } = {
  'batch:ExecutionRoleArn': 'ecs-tasks.amazonaws.com',
  'batch:JobRoleArn': 'ecs-tasks.amazonaws.com',
  ecs: 'ecs-tasks',
};
