import type { Json } from '../asl/json/value.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { inputFaults, REFUSED, takesRunInput } from './input-form.ts';

/** What the machine checks itself: where it refused the input, its error says so. */
const CHECKED: ReadonlySet<string | undefined> = new Set(['/params', '/logical_date']);

/** Leaves out what the failure of a run says already. */
export function notRefused(warnings: readonly Diagnostic[], error: string | undefined): readonly Diagnostic[] {
  return error === REFUSED ? warnings.filter(({ path }) => !CHECKED.has(path)) : warnings;
}

/**
 * What is odd about the input of a simulated or served execution, where the machine was compiled from a DAG. It is run all the same: AWS
 * takes any input.
 * @param params the names of the DAG's params, where they are known
 */
export function inputWarnings(
  machine: StateMachine,
  input: Json | undefined,
  params?: readonly string[],
): readonly Diagnostic[] {
  if (input === undefined || (params === undefined && !takesRunInput(machine))) return [];
  return inputFaults(input, params).map(({ path, ...fault }) => diagnose('SIM018', fault, { path }));
}
