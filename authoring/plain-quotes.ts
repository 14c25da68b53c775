/** What was meant by `${…}` in plain quotes, where it is written as a value of a DAG is read; undefined for anything else. */
export function readInQuotes(inner: string): string | undefined {
  const [, what, name] = /^(?:dag\.)?(env|params)\.(\w+)$/.exec(inner) ?? [];
  if (what !== undefined && name !== undefined) return `\${dag.${what}.${name}}`;
  const isRead = /^dag\.(?:logicalDate|id)$/.test(inner) || /^\w+\.output(?:\.\w|\[|$)/.test(inner);
  return isRead ? `\${${inner}}` : undefined;
}

/** The same where it is a variable of the file, or a field of one. */
export function variableInQuotes(inner: string, names: ReadonlySet<string> | undefined): string | undefined {
  return names?.has(/^(\w+)(?:\??\.\w+|\[\w+\])*$/.exec(inner)?.[1] ?? '') ? `\${${inner}}` : undefined;
}

/** Every `${…}` in a text that was meant to be filled in, once, and what was meant by it. */
export function plainQuotesIn(
  text: string,
  meant: (inner: string) => string | undefined,
): { readonly text: string; readonly instead: string }[] {
  const found = new Map([...text.matchAll(/\$\{([^{}]*)\}/g)].map(([all, inner = '']) => [all, inner.trim()]));
  return [...found].flatMap(([all, inner]) => {
    const instead = meant(inner);
    return instead === undefined ? [] : [{ text: all, instead }];
  });
}
