/** Why a handler cannot be called. */
export interface Uncallable {
  /** The functions of the file. */
  readonly known: readonly string[];
  readonly isAsync: boolean;
}

/** Blocks at the top of a module whose names are the module's own. */
const BLOCK = /^(?:if|elif|else|try|except|finally|with|for|while)\b/;

/**
 * Looks for a function at the top of a module's text.
 * @returns undefined where it is there, or may be: where the module takes names from another one without saying which
 */
export function handlerIn(text: string, handler: string): Uncallable | undefined {
  if (/^\s*from\s+\S+\s+import\s+\*/m.test(text)) return undefined;
  const known = new Set<string>();
  const awaited = new Set<string>();
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line) && !/^[#)\]}]/.test(line)) isOpen = BLOCK.test(line);
    if (/^\s/.test(line) && !isOpen) continue;
    const [, async, name] = /^\s*(async\s+)?def\s+(\w+)/.exec(line) ?? [];
    if (name !== undefined) (async === undefined ? known : awaited).add(name);
    const [, assigned = ''] = /^\s*\(?(\w+(?:\s*,\s*\w+)*)\s*,?\)?\s*(?::[^=]+)?=(?!=)/.exec(line) ?? [];
    for (const one of assigned.match(/\w+/g) ?? []) known.add(one);
  }
  for (const [, list = ''] of text.matchAll(FROM)) for (const [, as] of namesOf(list)) known.add(as);
  if (known.has(handler)) return undefined;
  return { known: [...known].sort(), isAsync: awaited.has(handler) };
}

const FROM = /^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+(\([^)]*\)|[^#\n]+)/gm;

/** The names in the list of an import, each with the name that it has here. */
function namesOf(list: string): [name: string, as: string][] {
  return list
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/[()\\]/g, '')
    .split(',')
    .map((one) => one.trim().split(/\s+as\s+/))
    .flatMap(([name = '', as = name]): [string, string][] => (/^\w+$/.test(name) ? [[name, as]] : []));
}

/** `import a.b, c`, `from .d import e`: `a.b`, `c`, `.d` and `.d.e`. */
export function importsIn(text: string): string[] {
  const found: string[] = [];
  for (const [, list] of text.matchAll(/^[ \t]*import[ \t]+([^#\n]+)/gm))
    for (const one of list!.split(',')) found.push(one.trim().split(/\s/)[0]!);
  for (const [statement, list = ''] of text.matchAll(FROM)) {
    const from = /from[ \t]+(\S+)/.exec(statement)![1]!;
    found.push(from);
    for (const [name] of namesOf(list)) found.push(`${from}${from.endsWith('.') ? '' : '.'}${name}`);
  }
  return found;
}
