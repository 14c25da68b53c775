import { STATES_ERRORS } from '../../asl/language/errors.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { Retrier, State, States } from '../../asl/language/types.ts';
import { nearest } from '../../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { MockResponses } from './mocks.ts';
import { placeText, pointer } from './places.ts';

/** The errors of Step Functions itself, and those that a machine retries or catches. */
export function knownErrors(machine: States): ReadonlySet<string> {
  return new Set([...STATES_ERRORS, ...[...walkStates(machine)].flatMap(([, state]) => errorNames(state))]);
}

/** Thrown errors that are nearly a known one. Names without a dot are the user's own, and may differ by a letter. */
export function nearErrors(
  known: ReadonlySet<string>,
  name: string,
  responses: MockResponses,
  place: readonly string[],
): Diagnostic[] {
  return Object.entries(responses).flatMap(([invocations, response]) => {
    const error = 'Throw' in response ? response.Throw.Error : undefined;
    if (typeof error !== 'string' || !error.includes('.') || known.has(error)) return [];
    const near = nearest(
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
