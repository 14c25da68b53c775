import { type Code, type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { callSite } from './place.ts';

let kept: Diagnostic[] | undefined;

/** The loader sets it while a DAG file runs: faults that the file can go on after gather there, and are told together. */
export function setKeptFaults(list: Diagnostic[] | undefined): void {
  kept = list;
}

/** Keeps the faults where somebody gathers them; answers whether. */
export function keepFaults(faults: readonly Diagnostic[]): boolean {
  kept?.push(...faults);
  return kept !== undefined;
}

/** Tells faults together with the others of the file where somebody gathers them, else at once; a warning then ends nothing. */
export function report(faults: readonly Diagnostic[]): void {
  if (faults.length > 0 && !keepFaults(faults) && faults.some(isError)) throw new Stop(faults);
}

/** Ends the evaluation of a DAG file with a diagnostic at the user's call site. */
export function refuse<C extends Code>(code: C, args: Parameters<typeof diagnose<C>>[1], task?: string): never {
  throw new Stop(diagnosticHere(code, args, task));
}

/** The same diagnostic, for what can be collected and told together with the others. */
export function diagnosticHere<C extends Code>(
  code: C,
  args: Parameters<typeof diagnose<C>>[1],
  task?: string,
): Diagnostic {
  return diagnose(code, args, { place: callSite(), task });
}

/** Whether something is wrong with what it is told of; a warning only says so. */
export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
