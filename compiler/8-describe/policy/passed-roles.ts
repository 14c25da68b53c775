import { isPlaceholder } from '../../../asl/placeholders/index.ts';
import type { Permission } from '../../../authoring/internal.ts';
import type { ServiceIam } from '../../../tasks/service.ts';
import { SERVICES } from '../../../tasks/services.ts';
import type { Parameter } from './calls.ts';
import type { NeededAction } from './iam-actions.ts';

/**
 * Leave to hand the roles that a call names to the service that assumes them, and to no other. A role is named by its ARN or by its
 * name in the machine's own account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passedRoles({ prefix, parameters }: Omit<NeededAction, 'action'>): Permission[] {
  const { assumedBy = `${prefix}.amazonaws.com`, passedRoles: fields = {} } = IAM.get(prefix) ?? {};
  if (assumedBy === null) return [];
  return parameters.flatMap(({ path, value }) => {
    const field = path.at(-1) ?? '';
    if (!isRole(prefix, field, { path, value })) return [];
    const isWhole = value.startsWith('arn:') || (/arn$/i.test(field) && isPlaceholder(value));
    const service = fields[field] ?? assumedBy;
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
  if (IAM.get(prefix)?.passedRoles?.[field] !== undefined) return true;
  if (field === 'Role') return path.length === 1 || value.startsWith('arn:');
  return /rolearn$/i.test(field) || /^(AutoScaling|Execution|JobFlow|Service)Role$/.test(field);
}

/** What the services say of their parameters, by the prefix of their actions. */
const IAM: ReadonlyMap<string, ServiceIam> = new Map(
  SERVICES.flatMap(({ iam = [] }) => iam.map((one): [string, ServiceIam] => [one.prefix, one])),
);
