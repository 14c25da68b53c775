import { walkStates } from '../../../asl/language/states.ts';
import type { States } from '../../../asl/language/types.ts';
import { INTEGRATION_CALLS, readResource, SDK_OF_OPTIMIZED } from '../../../asl/services/index.ts';
import { expressionText, splitTokens, targetOf, tokenOf } from '../../../authoring/internal.ts';
import { type DeployVocabulary, deployTime } from '../../6-emit/resolve.ts';

/** A call of an action of an AWS service with the machine's role. */
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

/** As much of a state as calls something. */
export interface CallingState {
  readonly Type: string;
  readonly Resource?: unknown;
  readonly Arguments?: unknown;
}
export type CallingStates = { readonly [name: string]: CallingState };

/** What states call, those within them included. */
export function callsOf(states: CallingStates, patternOf: PatternOf): TaskCalls[] {
  return [...walkStates({ States: states as States['States'] })].map(({ state }) => callsOfTask(state, patternOf));
}

function callsOfTask({ Resource, Arguments }: CallingState, patternOf: PatternOf): TaskCalls {
  const resource = typeof Resource === 'string' ? readResource(Resource) : undefined;
  if (resource?.kind !== 'integration') return { calls: [] };
  const { sdk, service, action, pattern } = resource;
  const { calls = [action], sync = [], rule } = (!sdk && INTEGRATION_CALLS[`${service}:${action}`]) || {};
  const waits = pattern === 'sync' || pattern === 'sync:2';
  const parameters = parametersOf(Arguments, patternOf);
  return {
    calls: [...calls, ...(waits ? sync : [])].map((one) => ({
      service: (sdk ? undefined : SDK_OF_OPTIMIZED[service]) ?? service,
      action: one,
      parameters,
    })),
    ...(waits && rule !== undefined && { rule }),
  };
}

/** A text in the arguments of a call, and its path there: `['DatabaseInput', 'Name']`. */
export interface Parameter {
  readonly path: readonly string[];
  /** As IAM matches it: placeholders as they are, `*` for what only a run knows. */
  readonly value: string;
}

/** From a text in a call's arguments to the pattern that IAM matches. */
export type PatternOf = (text: string) => string;

/** For the arguments that templates write: references become placeholders, and a value that only a run decides becomes `*`. */
export function patternOfTokens(words: DeployVocabulary, textOf: (text: string) => string): PatternOf {
  return (text) =>
    splitTokens(text)
      .map((piece) =>
        'text' in piece ? textOf(piece.text) : 'target' in piece ? (deployTime(piece.target, words) ?? '*') : '*',
      )
      .join('')
      .replace(/\*+/g, '*');
}

/** For the arguments in a machine: text or JSONata. */
export const patternOfMachine: PatternOf = (text) => (/^\{%.*%\}$/s.test(text) ? '*' : text);

/** Text that IAM would take for a pattern, or deploy for a placeholder, matches as narrowly as IAM can say it. */
export function literally(text: string): string {
  return text.replace(/\*|\$(?=\{)/g, '?');
}

/** The texts of a call's arguments, in order of depth; an item of a list has the list's path. */
export function parametersOf(args: unknown, patternOf: PatternOf): Parameter[] {
  const found: Parameter[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') found.push({ path, value: patternOf(value) });
    else if (typeof value === 'number') found.push({ path, value: `${value}` });
    else if (typeof value === 'object' && value !== null) {
      const target = targetOf(value);
      if (target) found.push({ path, value: patternOf(tokenOf(target)) });
      else if (expressionText(value) !== undefined) found.push({ path, value: '*' });
      else if (Array.isArray(value)) for (const item of value) visit(item, path);
      else for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
    }
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

/** What templates write: references become placeholders, and what only a run decides `*` in its place. */
export function resolved<T>(value: T, textOf: (text: string) => string): T {
  if (typeof value === 'string') return textOf(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => resolved(item, textOf)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, textOf)])) as T;
}
