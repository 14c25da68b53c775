import { walkStates } from '../../../asl/language/states.ts';
import type { States } from '../../../asl/language/types.ts';
import { callsOfResource, type Parameter, parametersOf, type TaskCalls } from '../../../asl/services/iam/index.ts';
import { expressionLike, expressionText, splitTokens, targetOf, tokenOf } from '../../../authoring/internal.ts';
import { type DeployVocabulary, deployTime } from '../../6-emit/resolve.ts';

/** As much of a state as calls something. */
export interface CallingState {
  readonly Type: string;
  readonly Resource?: unknown;
  readonly Arguments?: unknown;
  readonly Credentials?: unknown;
}
export type CallingStates = { readonly [name: string]: CallingState };

/** What states call, those within them included. */
export function callsOf(states: CallingStates, patternOf: PatternOf): TaskCalls[] {
  return [...walkStates({ States: states as States['States'] })].map(({ state }) => callsOfTask(state, patternOf));
}

function callsOfTask({ Resource, Arguments, Credentials }: CallingState, patternOf: PatternOf): TaskCalls {
  if (typeof Resource !== 'string') return { calls: [] };
  // The call is made with a role of another account, and what that role may do is said there.
  if (Credentials !== undefined)
    return { calls: [{ service: 'sts', action: 'assumeRole', parameters: parametersIn(Credentials, patternOf) }] };
  return callsOfResource(Resource, parametersIn(Arguments, patternOf)) ?? { calls: [] };
}

/** The texts of a call's arguments as IAM matches them. */
export function parametersIn(args: unknown, patternOf: PatternOf): Parameter[] {
  return parametersOf(likeIn(args), (value) => patternOfValue(value, patternOf));
}

/** Arguments in which an expression, whose form its template says, is a value of that form. */
function likeIn(value: unknown): unknown {
  const like = expressionLike(value);
  if (like !== undefined) return like;
  if (Array.isArray(value)) return value.map(likeIn);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (expressionText(value) !== undefined || targetOf(value) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, likeIn(one)]));
}

/** References and expressions are no texts until they are written into one. */
function patternOfValue(value: unknown, patternOf: PatternOf): string | undefined {
  if (typeof value === 'string') return patternOf(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const target = targetOf(value);
  if (target) return patternOf(tokenOf(target));
  return expressionText(value) === undefined ? undefined : '*';
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

/** What templates write: references, alone or in texts, become placeholders, and what only a run decides `*` in its place. */
export function resolved<T>(value: T, textOf: (text: string) => string): T {
  const text = patternOfValue(value, textOf);
  if (text !== undefined) return text as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => resolved(item, textOf)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, textOf)])) as T;
}
