/** Computes as JavaScript does, and writes down what JSONata is known to do otherwise. */
export class Tracer {
  readonly differences = new Set<string>();

  compare(operator: string, a: unknown, b: unknown): boolean {
    const comparable = ['number', 'string'];
    if (typeof a !== typeof b || !comparable.includes(typeof a))
      this.differences.add('comparison of null or mixed kinds');
    const [l, r] = [a as number, b as number];
    return operator === '<' ? l < r : operator === '<=' ? l <= r : operator === '>' ? l > r : l >= r;
  }

  equal(operator: string, a: unknown, b: unknown): boolean {
    if (isObject(a) && isObject(b)) this.differences.add('identity of objects');
    return operator === '===' ? a === b : a !== b;
  }

  arithmetic(operator: string, l: number, r: number): number {
    const result = { '+': l + r, '-': l - r, '*': l * r, '/': l / r, '%': l % r }[operator] as number;
    if (!Number.isFinite(result)) this.differences.add('infinite numbers');
    return result;
  }

  number(value: unknown): number {
    const isNumeric = typeof value === 'string' && /^-?(0|[1-9]\d*)(\.\d+)?([Ee][-+]?\d+)?$/.test(value);
    if (!isNumeric && typeof value !== 'number' && typeof value !== 'boolean')
      this.differences.add('Number of what is no number');
    return Number(value);
  }

  text(parts: readonly unknown[]): string {
    for (const part of parts) {
      if (isObject(part)) this.differences.add('text of an object or a list');
      if (part === undefined) this.differences.add('text of undefined');
      if (typeof part === 'number' && Number(part.toPrecision(15)) !== part)
        this.differences.add('numbers of more than 15 digits as text');
    }
    return parts.map(String).join('');
  }

  length(text: string): number {
    return text.length;
  }

  list(items: readonly unknown[]): readonly unknown[] {
    if (items.includes(undefined)) this.differences.add('undefined in a list');
    return items;
  }

  includes(list: readonly unknown[], value: unknown): boolean {
    if (isObject(value)) this.differences.add('identity of objects');
    if (value === undefined && list.includes(undefined)) this.differences.add('undefined in a list');
    return list.includes(value);
  }

  field(value: unknown, name: string): unknown {
    return value === null || value === undefined ? undefined : this.member(value, name);
  }

  member(value: unknown, name: string): unknown {
    if (Array.isArray(value)) this.differences.add('a member of a list');
    return (value as { readonly [name: string]: unknown })[name];
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
