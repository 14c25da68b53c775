/** Why a text is no JSONPath, or no call of an intrinsic function: `detail` ends a sentence, `position` is where in the text. */
export class PathSyntaxError extends SyntaxError {
  readonly detail: string;
  readonly position: number;

  constructor(message: string, detail: string, position: number) {
    super(message);
    this.detail = detail;
    this.position = position;
  }
}

/** The bracket that closes the one at `open`; brackets within quotes do not count. */
export function closingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === "'" || c === '"') {
      const end = closingQuote(text, i);
      if (end === undefined) return undefined;
      i = end;
    } else if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i;
  }
  return undefined;
}

function closingQuote(text: string, open: number): number | undefined {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[open]) return i;
  }
  return undefined;
}
