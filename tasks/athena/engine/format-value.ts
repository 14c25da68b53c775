import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';

/** A value as Athena prints it into a CSV; null is NULL. Only the types that SQL queries over Parquet give are of interest here. */
export function formatValue(value: DuckDBValue, type: DuckDBType): string | null {
  if (value === null) return null;
  const name = String(type);
  if (name === 'DOUBLE') return formatDouble(value as number);
  if (name === 'FLOAT') return formatFloat(value as number);
  if (name === 'BLOB')
    return [...(value as unknown as { bytes: Uint8Array }).bytes]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ');
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(name)) return milliseconds(String(value));
  if (name === 'TIMESTAMP WITH TIME ZONE') return `${milliseconds(String(value).replace(/[+-]\d\d(:\d\d)?$/, ''))} UTC`;
  if (typeof value === 'object') return formatNested(value as object, type);
  return String(value);
}

/** Java's Double.toString: `4.5`, `5.0`, `1.0E7`, `1.0E-4`, `NaN`, `Infinity`. */
export function formatDouble(value: number): string {
  return javaNumber(value, String(Math.abs(value)));
}

/** The shortest text that reads back as the same 32-bit number. */
function formatFloat(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return javaNumber(value, '');
  for (let digits = 1; digits <= 9; digits++) {
    const text = size.toPrecision(digits);
    if (Math.fround(Number(text)) === size) return javaNumber(value, String(Number(text)));
  }
  return javaNumber(value, String(size));
}

/** @param shortest the shortest decimal text of its absolute value. */
function javaNumber(value: number, shortest: string): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}Infinity`;
  const size = Number(shortest);
  if (size === 0) return `${sign}0.0`;
  if (size >= 1e-3 && size < 1e7) return `${sign}${shortest.includes('.') ? shortest : `${shortest}.0`}`;
  const [mantissa = '', exponent = ''] = size.toExponential().split('e');
  return `${sign}${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** `2005-12-31 10:00:00` → `2005-12-31 10:00:00.000`: Athena shows three places. */
function milliseconds(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}`;
}

interface Nested {
  readonly items?: readonly DuckDBValue[];
  readonly entries?: readonly { key: DuckDBValue; value: DuckDBValue }[] | { readonly [name: string]: DuckDBValue };
}
interface NestedType {
  readonly valueType?: DuckDBType;
  readonly keyType?: DuckDBType;
  readonly entryTypes?: readonly DuckDBType[];
}

/** `[1, 2]`, `{a=1, b=2}`; dates and decimals print themselves. */
function formatNested(value: object, type: DuckDBType): string {
  const { items, entries } = value as Nested;
  const { valueType, keyType, entryTypes } = type as NestedType;
  const show = (inner: DuckDBValue, innerType: DuckDBType) => formatValue(inner, innerType) ?? 'null';
  if (items !== undefined && valueType !== undefined)
    return `[${items.map((item) => show(item, valueType)).join(', ')}]`;
  if (Array.isArray(entries) && keyType !== undefined && valueType !== undefined)
    return `{${entries.map((entry) => `${show(entry.key, keyType)}=${show(entry.value, valueType)}`).join(', ')}}`;
  if (entries !== undefined && entryTypes !== undefined)
    return `{${Object.entries(entries)
      .map(([name, inner], i) => `${name}=${show(inner as DuckDBValue, entryTypes[i]!)}`)
      .join(', ')}}`;
  return String(value);
}
