import { type Code, type Diagnostic, diagnose, isError, Stop } from '../diagnostics/index.ts';
import { currentLoading } from './loading.ts';
import { callSite } from './place.ts';

/** Adds faults to the list that the loader collects; returns false if nothing collects them. */
export function keepFaults(faults: readonly Diagnostic[]): boolean {
  const { faults: kept } = currentLoading();
  kept?.push(...faults);
  return kept !== undefined;
}

/** Collects faults for the loader. Without a loader, errors are thrown at once and warnings are dropped. */
export function report(faults: readonly Diagnostic[]): void {
  if (faults.length > 0 && !keepFaults(faults) && faults.some(isError)) throw new Stop(faults);
}

/** Ends the evaluation of a DAG file with a diagnostic at the user's call site. */
export function refuse<C extends Code>(code: C, args: Parameters<typeof diagnose<C>>[1], task?: string): never {
  throw new Stop(diagnosticHere(code, args, task));
}

/** The same diagnostic as a value, to be collected with others. */
export function diagnosticHere<C extends Code>(
  code: C,
  args: Parameters<typeof diagnose<C>>[1],
  task?: string,
): Diagnostic {
  return diagnose(code, args, { place: callSite(), task });
}
