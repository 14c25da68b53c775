import type { Json } from '../json/value.ts';
import { type Quickly, SLOW } from './quick.ts';

/** Functions of one argument, as JSONata (in the service's dialect) has them; SLOW where the argument is not plain. */
export const FUNCTIONS: ReadonlyMap<string, (value: Json | undefined) => Quickly> = new Map<
  string,
  (value: Json | undefined) => Quickly
>([
  ['exists', (value) => value !== undefined],
  ['count', (value) => (value === undefined || value === null ? 0 : Array.isArray(value) ? value.length : 1)],
  ['not', (value) => (typeof value === 'boolean' ? !value : SLOW)],
  ['string', (value) => (value === undefined ? SLOW : plainText(value))],
]);

/** The text of a plain value. Fractions, which JSONata rounds to 15 digits, are left to it. */
export function plainText(value: Json): string | typeof SLOW {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 1e15 ? String(value) : SLOW;
}
