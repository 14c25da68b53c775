import { isPlaceholder } from '../../placeholders/index.ts';
import type { NeededAction } from './actions.ts';
import { aliasIn, machinesIn } from './arn-placeholders.ts';
import { named, type Parameter } from './calls.ts';
import type { ServicesIam } from './services.ts';

/** A condition as a statement has it: by operator and key. */
export type Condition = { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };

/**
 * Under which condition alone a call needs an action: what its resource leaves open, because IAM decides the call on another resource than
 * the one that the call names.
 * @example
 * conditionOf(startExecution on 'arn:…:stateMachine:m:live') // { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } }
 */
export function conditionOf({ action, parameters }: NeededAction): Condition | undefined {
  const has = (key: string) => action.conditionKeys?.includes(key) === true;
  if (has('states:StateMachineQualifier')) {
    const qualifiers = qualifiersIn(parameters);
    // A key of several values: only `ForAnyValue` fits it.
    if (qualifiers.length > 0) return { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': qualifiers } };
  }
  if (has('kms:RequestAlias')) {
    const aliases = named(parameters, 'KeyId').flatMap((key) => aliasIn(key) ?? []);
    if (aliases.length > 0) return { StringLike: { 'kms:RequestAlias': aliases } };
  }
  return undefined;
}

/**
 * The versions and aliases on which a call is made; none where any of its machines has none, or one that only a run knows.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
export function qualifiersIn(parameters: readonly Parameter[]): string[] {
  const found = machinesIn(parameters).map((arn) => /^arn:(?:[^:]*:){4}stateMachine:[^:]+:([^:*?]+)$/.exec(arn)?.[1]);
  return found.every((one) => one !== undefined) ? [...new Set(found as string[])] : [];
}

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
