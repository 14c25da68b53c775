import { optimizedArguments, type SdkMembers, type SdkType, sdkService } from '../../asl/services/index.ts';
import { expressionText, opaqueOf, targetOf } from '../../authoring/internal.ts';
import { envName, roleArn } from '../own-names.ts';
import type { Integration } from './integration.ts';

/** Deeper than any API's structures: what is nested further is somebody's JSON. */
const DEPTH = 100;

/**
 * A call's parameters as its integration takes them: JSON where the API takes JSON text becomes that text in the SDK's form, and a role of
 * `dag.env` becomes its ARN where the API takes one.
 * @param isRole whether a name of the DAG's env stands for a role
 */
export function argumentsOf(
  parameters: unknown,
  { sdk, service }: Integration,
  action: string,
  isRole: (name: string) => boolean,
): unknown {
  const members = sdk ? sdkService(service)?.get(action) : optimizedArguments(service, action);
  const type: SdkType | undefined = members && { kind: 'structure', members };
  try {
    return walk(parameters, type, [], []);
  } catch {
    // What cannot be read is named by the graph's check.
    return parameters;
  }

  function walk(
    value: unknown,
    type: SdkType | undefined,
    path: readonly string[],
    around: readonly object[],
  ): unknown {
    const role = envName(value);
    if (role !== undefined) return isRole(role) && takesArn(service, path, type) ? roleArn(value as string) : value;
    if (typeof value !== 'object' || value === null || around.length >= DEPTH || isLater(value)) return value;
    // A task, a template, a declaration: told where the task's values are read.
    const handed = opaqueOf(value);
    if (handed && !handed.isWhole) return value;
    if (around.includes(value)) throw new Error('It holds itself.');
    if (sdk && type?.kind === 'text') return isJson(value) ? JSON.stringify(value) : value;
    const inner = [...around, value];
    if (Array.isArray(value)) {
      const of = type?.kind === 'list' ? type.of : undefined;
      return value.map((item) => walk(item, of, path, inner));
    }
    if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, walk(item, within(type, name), [...path, name], inner)]),
    );
  }
}

/** A reference or an expression: its value is not there yet. */
function isLater(value: object): boolean {
  return targetOf(value) !== undefined || expressionText(value) !== undefined;
}

function within(type: SdkType | undefined, name: string): SdkType | undefined {
  if (type?.kind === 'map') return type.of;
  return type?.kind === 'structure' ? memberOf(type.members, name) : undefined;
}

/** By Step Functions' name, or by the API's own. */
function memberOf(members: SdkMembers, name: string): SdkType | undefined {
  return (members.get(name) ?? [...members.values()].find(({ api }) => api === name))?.type;
}

/** Whether a text can hold all of it: references in it become values of the text. What is no JSON the graph's check names. */
function isJson(value: unknown, depth = DEPTH): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0 || expressionText(value) !== undefined) return false;
  if (targetOf(value) !== undefined) return true;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every((item) => isJson(item, depth - 1));
}

/** Arguments that take a role's ARN where neither the model's names nor its patterns say so. */
const BY_ARN: ReadonlySet<string> = new Set([
  'mediaconvert:Role',
  'redshift:AddIamRoles',
  'redshift:IamRoles',
  'redshift:RemoveIamRoles',
  'storagegateway:Role',
]);

/** Whether an argument takes a role's ARN: its name says so, or the service's model. An item of a list has the list's path. */
function takesArn(service: string, path: readonly string[], type: SdkType | undefined): boolean {
  const name = path.at(-1) ?? '';
  return /arns?$/i.test(name) || (type?.kind === 'text' && type.role === 'arn') || BY_ARN.has(`${service}:${name}`);
}
