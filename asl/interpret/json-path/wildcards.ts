/**
 * Whether a text is of the pattern of `StringMatches`: `*` stands for any characters, `\*` for itself, `\\` for a backslash. No regular
 * expression: one with many `.*` takes for ever on some texts.
 */
export function matchesWildcards(text: string, pattern: string): boolean {
  const [first = '', ...rest] = partsOf(pattern);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  // The earliest place is the best one for each part between.
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The parts of a pattern between its wildcards. */
function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < pattern.length; at++) {
    const [character, next] = [pattern[at] as string, pattern[at + 1]];
    if (character === '*') {
      parts.push(part);
      part = '';
    } else if (character === '\\' && (next === '*' || next === '\\')) {
      part += next;
      at++;
    } else part += character;
  }
  return [...parts, part];
}
