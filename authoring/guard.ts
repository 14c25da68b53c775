import { diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { describeTarget, targetOf } from './reference.ts';

export { arrow } from './expressions/index.ts';

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
