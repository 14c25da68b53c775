import { STATES_ERRORS } from '../../asl/states-errors.ts';
import type { Retrier, State, States } from '../../asl/types.ts';
import { closest } from '../../asl/validate/closest.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { walkStates } from '../walk-states.ts';
import type { MockResponses } from './mocks.ts';
import { placeText, pointer } from './places.ts';

/**
 * Thrown errors that are nearly one that Step Functions has, or one that the machine retries or catches. Names without a dot are the
 * user's own, and may differ by a letter.
 */
export function nearErrors(
  machine: States,
  name: string,
  responses: MockResponses,
  place: readonly string[],
): Diagnostic[] {
  const handled = [...walkStates(machine)].flatMap(([, state]) => errorNames(state));
  const known = new Set([...STATES_ERRORS, ...handled]);
  return Object.entries(responses).flatMap(([invocations, response]) => {
    const error = 'Throw' in response ? response.Throw.Error : undefined;
    if (typeof error !== 'string' || !error.includes('.') || known.has(error)) return [];
    const near = closest(
      error,
      [...known].filter((other) => other.includes('.') && !other.endsWith('*')),
    );
    if (near === undefined) return [];
    const at = [...place, invocations, 'Throw', 'Error'];
    return [diagnose('SIM015', { state: name, at: placeText(at, []), name: error, near }, { path: pointer(at) })];
  });
}

function errorNames(state: State): string[] {
  const { Retry = [], Catch = [] } = state as {
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Retrier[];
  };
  return [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals);
}
