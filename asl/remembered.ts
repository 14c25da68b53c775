/**
 * A function of a text that is computed once for each text: the machines of a project say much alike. All is forgotten when there is too
 * much of it, and an error is not kept.
 * @param most how many answers are kept
 * @param longest how long a text may be whose answer is kept, in UTF-16 units
 * @example
 * const parse = remembered((text) => jsonata(text).ast());
 */
export function remembered<T>(
  compute: (text: string) => T,
  { most = 10_000, longest = Number.POSITIVE_INFINITY } = {},
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const value = compute(text);
    if (known.size >= most) known.clear();
    if (text.length <= longest) known.set(text, value);
    return value;
  };
}
