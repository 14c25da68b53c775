import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { isReference } from '../reference.ts';
import type { Where } from './check.ts';
import { check } from './check.ts';
import { entriesOf } from './fields.ts';
import { shown } from './shown.ts';
import { unsendable } from './unsendable.ts';

/** Levels of lists and objects within each other; readers of JSON end somewhere above it. */
export const DEEPEST = 200;

/** Plain JSON that is known when the DAG is compiled. */
export const json = check('JSON', (given, where) => wrongIn(given, where, []));

function wrongIn(value: unknown, { owner, field, at }: Where, around: readonly object[]): Diagnostic[] {
  const where = `"${owner}": ${field}`;
  const fault = (wrong: string) => [diagnose('DAG015', { where, value: wrong }, at)];
  if (typeof value === 'string') return unsendable(value, where, at);
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return [];
  if (typeof value !== 'object' || isReference(value)) return fault(shown(value));
  if (around.includes(value)) return fault('an object that holds itself');
  if (around.length >= DEEPEST)
    return [diagnose('DAG103', { where: `"${owner}": ${field.split(/[.[]/)[0]}`, most: DEEPEST }, at)];
  const inner = [...around, value];
  if (Array.isArray(value))
    return Array.from(value as unknown[]).flatMap((one, i) =>
      wrongIn(one, { owner, field: `${field}[${i}]`, at }, inner),
    );
  const entries = entriesOf(value);
  if (entries === undefined) return fault(shown(value));
  return entries.flatMap(([key, read]) => {
    const { value: one, threw } = read();
    const place = { owner, field: `${field}.${key}`, at };
    if (key === '__proto__') return fault('an object with the key "__proto__"');
    if (threw !== undefined) return [diagnose('DAG105', { where: `"${owner}": ${place.field}`, detail: threw }, at)];
    return [...unsendable(key, `The name of ${place.field}`, at), ...wrongIn(one, place, inner)];
  });
}
