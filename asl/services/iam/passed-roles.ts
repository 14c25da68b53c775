import { isPlaceholder } from '../../placeholders/index.ts';
import type { NeededAction } from './actions.ts';
import type { Parameter } from './calls.ts';
import type { ServicesIam } from './services.ts';

/** A role that a call hands to a service. */
export interface PassedRole {
  /** Its ARN. */
  readonly role: string;
  /** Who assumes it: `glue.amazonaws.com`. */
  readonly service: string;
}

/**
 * The roles that a call hands on, each to the service that assumes it. A role is named by its ARN or by its name in the machine's own
 * account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles({ prefix, parameters }: Omit<NeededAction, 'action'>, services: ServicesIam): PassedRole[] {
  const { assumedBy = `${prefix}.amazonaws.com`, passedRoles: fields = {} } = services.get(prefix) ?? {};
  if (assumedBy === null) return [];
  return parameters.flatMap(({ path, value }) => {
    const field = path.at(-1) ?? '';
    if (fields[field] === undefined && !isRole(field, { path, value })) return [];
    const isWhole = value.startsWith('arn:') || (/arn$/i.test(field) && isPlaceholder(value));
    const role = isWhole ? value : `arn:\${partition}:iam::\${account}:role/${/arn$/i.test(field) ? '*' : value}`;
    return [{ role, service: fields[field] ?? assumedBy }];
  });
}

/** Fields that hold a role: others of the name say who wrote a message, or what part an instance has. */
function isRole(field: string, { path, value }: Parameter): boolean {
  if (field === 'Role') return path.length === 1 || value.startsWith('arn:');
  return /rolearn$/i.test(field) || /^(AutoScaling|Execution|JobFlow|Service)Role$/.test(field);
}
