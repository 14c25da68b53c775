import type { Json } from '../json/value.ts';
import { type Quickly, SLOW } from './quick.ts';

type Operator = (a: Json | undefined, b: Json | undefined) => Quickly;

/** Operators on plain operands, as JSONata has them; SLOW where an operand is not plain, and where JSONata would fail. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['&', concatenation],
  ['=', (a, b) => equality(a, b, true)],
  ['!=', (a, b) => equality(a, b, false)],
  ['<', comparison((order) => order < 0)],
  ['<=', comparison((order) => order <= 0)],
  ['>', comparison((order) => order > 0)],
  ['>=', comparison((order) => order >= 0)],
  ['+', arithmetic((a, b) => a + b)],
  ['-', arithmetic((a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b)],
  ['in', inclusion],
]);

function concatenation(a: Json | undefined, b: Json | undefined): Quickly {
  const left = a === undefined ? '' : plainText(a);
  const right = b === undefined ? '' : plainText(b);
  return left === SLOW || right === SLOW ? SLOW : left + right;
}

/** With undefined both are false. */
function equality(a: Json | undefined, b: Json | undefined, wanted: boolean): Quickly {
  if (a === undefined || b === undefined) return false;
  if (isObject(a) || isObject(b)) return SLOW;
  return (a === b) === wanted;
}

function comparison(test: (order: number) => boolean): Operator {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return test(a - b);
    if (typeof a === 'string' && typeof b === 'string') return test(a < b ? -1 : a > b ? 1 : 0);
    return SLOW;
  };
}

function arithmetic(operate: (a: number, b: number) => number): Operator {
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return SLOW;
    const result = operate(a, b);
    return Number.isFinite(result) ? result : SLOW;
  };
}

function inclusion(a: Json | undefined, b: Json | undefined): Quickly {
  if (a === undefined || b === undefined) return false;
  if (isObject(a)) return SLOW;
  return Array.isArray(b) ? b.includes(a) : a === b;
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

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
function plainText(value: Json): string | typeof SLOW {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 1e15 ? String(value) : SLOW;
}
