import { SDK_OF_OPTIMIZED } from '../optimized.ts';
import { INTEGRATION_CALLS } from '../optimized-calls.ts';
import { readResource } from '../resource.ts';

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
