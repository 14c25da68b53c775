interface Measured {
  readonly bytes: number;
  /** Of a list, which may grow after it was measured. */
  readonly length: number;
}

const known = new WeakMap<object, Measured>();
const NOTHING: Measured = { bytes: 0, length: 0 };

/**
 * About how many bytes a value takes: a character one, a number eight. What is shared counts wherever it stands, since it is written
 * out there in the end; but it is measured only once, so that a value of few objects that stands for a huge one is measured at once.
 */
export function byteSize(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number') return 8;
  if (typeof value !== 'object' || value === null) return 1;
  const length = Array.isArray(value) ? value.length : 0;
  const before = known.get(value);
  if (before !== undefined && before.length === length) return before.bytes;
  known.set(value, NOTHING);
  const bytes = Array.isArray(value) ? ofArray(value) : ofObject(value as Record<string, unknown>);
  known.set(value, { bytes, length });
  return bytes;
}

function ofArray(items: readonly unknown[]): number {
  let bytes = 0;
  for (const item of items) bytes += byteSize(item);
  return bytes;
}

function ofObject(object: Record<string, unknown>): number {
  // Functions hold on to all that they can see.
  if (object._jsonata_lambda === true || object._jsonata_function === true) return 0;
  let bytes = 0;
  for (const key of Object.keys(object)) bytes += key.length + byteSize(object[key]);
  return bytes;
}
