import { isPlaceholder } from '../../placeholders/index.ts';
import { SDK_OF_OPTIMIZED } from '../optimized.ts';
import { INTEGRATION_CALLS } from '../optimized-calls.ts';
import { readResource } from '../resource.ts';
import type { NeededAction } from './actions.ts';
import { aliasIn, machinesIn } from './arn-placeholders.ts';
import type { ServicesIam } from './services.ts';

/** A call of an action of an AWS service with some role's leave. */
export interface Call {
  /** As Step Functions names it: `sfn`. */
  readonly service: string;
  /** In camelCase. */
  readonly action: string;
  readonly parameters: readonly Parameter[];
}

/** What a Task state does with the machine's role. */
export interface TaskCalls {
  readonly calls: readonly Call[];
  /** The EventBridge rule that its `.sync` listens to. */
  readonly rule?: string;
}

/** A text in the arguments of a call, and its path there: `['DatabaseInput', 'Name']`. */
export interface Parameter {
  readonly path: readonly string[];
  /** As it is known: in a policy with placeholders, and with `*` for what only a run knows. */
  readonly value: string;
}

/**
 * What a Task does with the machine's role, by its Resource; undefined where that is no service's integration.
 * @example callsOfResource('arn:aws:states:::glue:startJobRun.sync', parameters)?.calls // startJobRun, getJobRun …
 */
export function callsOfResource(text: string, parameters: readonly Parameter[]): TaskCalls | undefined {
  const resource = readResource(text);
  if (resource.kind !== 'integration') return undefined;
  const { sdk, service, action, pattern } = resource;
  const { calls = [action], sync = [], rule } = (!sdk && INTEGRATION_CALLS[`${service}:${action}`]) || {};
  const waits = pattern === 'sync' || pattern === 'sync:2';
  return {
    calls: [...calls, ...(waits ? sync : [])].map((one) => ({
      service: (sdk ? undefined : SDK_OF_OPTIMIZED[service]) ?? service,
      action: one,
      parameters,
    })),
    ...(waits && rule !== undefined && { rule }),
  };
}

/**
 * The texts and numbers of a call's arguments, in order of depth; an item of a list has the list's path.
 * @param textOf what stands for a text, or for something that is a text only once it is resolved; undefined: it is what it is.
 * @example parametersOf({ Name: 'gold', Tags: [{ Key: 'a', Value: 'b' }] }) // ['Name'] gold, ['Tags', 'Key'] a, ['Tags', 'Value'] b
 */
export function parametersOf(
  args: unknown,
  textOf: (value: unknown) => string | undefined = () => undefined,
): Parameter[] {
  const found: Parameter[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    const text = textOf(value);
    if (text !== undefined) found.push({ path, value: text });
    else if (typeof value === 'string' || typeof value === 'number') found.push({ path, value: `${value}` });
    else if (Array.isArray(value)) for (const item of value) visit(item, path);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
  };
  visit(args, []);
  return found.sort((a, b) => a.path.length - b.path.length);
}

/** The values of the parameters that a test picks, of those that stand highest. */
export function valuesOf(parameters: readonly Parameter[], picks: (parameter: Parameter) => boolean): string[] {
  const picked = parameters.filter(picks);
  return picked.filter(({ path }) => path.length === picked[0]!.path.length).map(({ value }) => value);
}

/** The values of the parameters of a name, of those that stand highest. */
export function named(parameters: readonly Parameter[], name: string): string[] {
  return valuesOf(parameters, ({ path }) => path.at(-1) === name);
}

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
