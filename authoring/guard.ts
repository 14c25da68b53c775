import { diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { report } from './fault.ts';
import { handedOut } from './handed-out.ts';
import { describeTarget, targetOf } from './reference.ts';

export { arrow } from './expressions/index.ts';
export { named } from './named-members.ts';

/**
 * Refuses a task's handle where it decides something: `if (task)` is always true, and says nothing of how the task ended. The loader
 * wraps only what is a handle in any case; whether there is one (`if (previous)`) may be asked.
 */
export function guardHandle<T>(value: T, use: string, file: string, line: number, column: number): T {
  const handed = handedOut(value);
  if (handed) {
    const instead =
      'Of how a task ended the trigger rule says, `{ triggerRule: … }`; what it answers is asked when it runs, `dag.if(() => task.output.X).then(…)`.';
    report([diagnose('DAG072', { what: handed.what, use, instead }, { place: { file, line, column } })]);
  }
  return value;
}

/**
 * What the loader wraps around tests, `!`, `&&`, `||`, `??`, comparisons, `switch` and computed keys: a reference is an object there, so
 * that `if (ref)` would silently be true.
 */
export function guard<T>(value: T, use: string, file: string, line: number, column: number): T {
  const target = targetOf(value);
  if (!target) return value;
  const place: Place = { file, line, column };
  throw new Stop(diagnose('DAG010', { reference: describeTarget(target), use }, { place }));
}
