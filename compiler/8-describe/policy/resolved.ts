/** What templates write: references become placeholders, and what only a run decides `*` in its place. */
export function resolved<T>(value: T, textOf: (text: string) => string): T {
  if (typeof value === 'string') return textOf(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => resolved(item, textOf)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, textOf)])) as T;
}

/** The tasks of a DAG say the same of many resources. */
export function remembered(textOf: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const made = known.get(text) ?? textOf(text);
    known.set(text, made);
    return made;
  };
}
