import { type Code, type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { callSite } from './place.ts';

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
