import { createScanner, type JSONScanner } from 'jsonc-parser';
import { templateAt } from '../placeholders/index.ts';
import { ScanError, SyntaxKind } from './locate.ts';
import { token } from './pointer.ts';
import type { Json } from './value.ts';

/** Something wrong with the text itself, at a place counted in UTF-16 units from its start. */
export interface TextFault {
  readonly offset: number;
  /** A repeated key and its JSON pointer, or nothing where the text is not JSON. */
  readonly key?: string;
  readonly path?: string;
  /** What is wrong, as the end of a sentence. */
  readonly detail: string;
  /** What of a template stands there instead: `${n}`. */
  readonly template?: string | undefined;
}

export interface ReadJson {
  readonly value?: Json;
  readonly faults: readonly TextFault[];
}

/**
 * Reads strict JSON and says where it is broken and which keys an object has twice (`JSON.parse` keeps the last one
 * silently, AWS's parser refuses). No recursion: nesting of any depth is read.
 */
export function readJson(text: string): ReadJson {
  let value: Json | undefined;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    if (text.trim() === '') return { faults: [{ offset: 0, detail: 'it is empty' }] };
    const fault = syntaxFault(text);
    const line = text.slice(text.lastIndexOf('\n', fault.offset - 1) + 1, fault.offset);
    const inExpression = line.lastIndexOf('{%') > line.lastIndexOf('%}') && line.endsWith('"');
    const detail = inExpression ? `${fault.detail}; within an expression write ' for quotes, or \\"` : fault.detail;
    return { faults: [{ ...fault, detail, template: templateAt(text, fault.offset) }] };
  }
  // To scan for a key that stands twice takes longer than all else that is read; most texts have none.
  return { value, faults: keysIn(text) === keysOf(value) ? [] : duplicateKeys(text) };
}

/** How many keys stand in a text that is JSON. */
function keysIn(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    let end = text.indexOf('"', start + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    let next = end + 1;
    while (text.charCodeAt(next) <= 32) next++;
    if (text[next] === ':') keys++;
    start = text.indexOf('"', next);
  }
  return keys;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

/** How many keys the objects of a value have. */
function keysOf(value: Json): number {
  let keys = 0;
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) keys += Object.keys(next).length;
    for (const inner of Object.values(next)) if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
  return keys;
}

/** Only called on text that is JSON: a string before a colon is a key. */
function duplicateKeys(text: string): TextFault[] {
  const faults: TextFault[] = [];
  const scanner = createScanner(text, true);
  const open: { readonly keys: Set<string> | undefined; at: string | number }[] = [];
  let key: { text: string; offset: number } | undefined;
  for (let kind: number = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    const top = open.at(-1);
    if (kind === SyntaxKind.OpenBraceToken) open.push({ keys: new Set(), at: '' });
    else if (kind === SyntaxKind.OpenBracketToken) open.push({ keys: undefined, at: 0 });
    else if (kind === SyntaxKind.CloseBraceToken || kind === SyntaxKind.CloseBracketToken) open.pop();
    else if (kind === SyntaxKind.CommaToken && typeof top!.at === 'number') top!.at++;
    else if (kind === SyntaxKind.StringLiteral && top?.keys !== undefined)
      key = { text: scanner.getTokenValue(), offset: scanner.getTokenOffset() };
    else if (kind === SyntaxKind.ColonToken && key !== undefined) {
      const { keys } = top!;
      top!.at = key.text;
      if (keys!.has(key.text))
        faults.push({
          offset: key.offset,
          key: key.text,
          path: open.map(({ at }) => `/${token(String(at))}`).join(''),
          detail: 'repeated',
        });
      keys!.add(key.text);
      key = undefined;
    }
  }
  return faults;
}

const EXPECTED = {
  value: 'a value was expected',
  valueOrEnd: 'a value or ] was expected',
  key: 'a key in double quotes was expected',
  keyOrEnd: 'a key in double quotes or } was expected',
  colon: 'a colon was expected after the key',
  commaOrBrace: 'a comma or } was expected',
  commaOrBracket: 'a comma or ] was expected',
  end: 'the document was expected to end',
} as const;

const SCAN_FAULTS: { readonly [code: number]: string } = {
  [ScanError.UnexpectedEndOfComment]: 'a comment does not end',
  [ScanError.UnexpectedEndOfString]: 'a string does not end',
  [ScanError.UnexpectedEndOfNumber]: 'a number does not end',
  [ScanError.InvalidUnicode]: 'a \\u escape needs four hexadecimal digits',
  [ScanError.InvalidEscapeCharacter]: 'this escape does not exist in JSON',
  [ScanError.InvalidCharacter]: 'a control character stands in a string',
};

const PUNCTUATION: { readonly [kind: number]: string } = {
  [SyntaxKind.OpenBraceToken]: '{',
  [SyntaxKind.CloseBraceToken]: '}',
  [SyntaxKind.OpenBracketToken]: '[',
  [SyntaxKind.CloseBracketToken]: ']',
  [SyntaxKind.CommaToken]: 'a comma',
  [SyntaxKind.ColonToken]: 'a colon',
};

/** The first place at which the text stops being JSON: a push-down automaton over the scanner's tokens. */
function syntaxFault(text: string): TextFault {
  const scanner = createScanner(text, false);
  const open: ('{' | '[')[] = [];
  const afterValue = (): keyof typeof EXPECTED =>
    open.length === 0 ? 'end' : open.at(-1) === '{' ? 'commaOrBrace' : 'commaOrBracket';
  let want: keyof typeof EXPECTED = 'value';
  for (;;) {
    const kind: number = scanner.scan();
    if (kind === SyntaxKind.Trivia || kind === SyntaxKind.LineBreakTrivia) continue;
    const fault = SCAN_FAULTS[scanner.getTokenError()];
    if (fault !== undefined) return { offset: scanner.getTokenOffset(), detail: fault };
    const next = step(kind, want, open, afterValue);
    if (next === undefined) return { offset: scanner.getTokenOffset(), detail: complaint(kind, want, scanner) };
    want = next;
  }
}

function step(
  kind: number,
  want: keyof typeof EXPECTED,
  open: ('{' | '[')[],
  afterValue: () => keyof typeof EXPECTED,
): keyof typeof EXPECTED | undefined {
  const valueMayBe = want === 'value' || want === 'valueOrEnd';
  switch (kind) {
    case SyntaxKind.OpenBraceToken:
      if (!valueMayBe) return undefined;
      open.push('{');
      return 'keyOrEnd';
    case SyntaxKind.OpenBracketToken:
      if (!valueMayBe) return undefined;
      open.push('[');
      return 'valueOrEnd';
    case SyntaxKind.CloseBraceToken:
      if (want !== 'commaOrBrace' && want !== 'keyOrEnd') return undefined;
      open.pop();
      return afterValue();
    case SyntaxKind.CloseBracketToken:
      if (want !== 'commaOrBracket' && want !== 'valueOrEnd') return undefined;
      open.pop();
      return afterValue();
    case SyntaxKind.CommaToken:
      return want === 'commaOrBrace' ? 'key' : want === 'commaOrBracket' ? 'value' : undefined;
    case SyntaxKind.ColonToken:
      return want === 'colon' ? 'value' : undefined;
    case SyntaxKind.StringLiteral:
      if (want === 'key' || want === 'keyOrEnd') return 'colon';
      return valueMayBe ? afterValue() : undefined;
    case SyntaxKind.NumericLiteral:
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
    case SyntaxKind.NullKeyword:
      return valueMayBe ? afterValue() : undefined;
    default:
      return undefined;
  }
}

function complaint(kind: number, want: keyof typeof EXPECTED, scanner: JSONScanner): string {
  if (kind === SyntaxKind.EOF) return `it ends where ${EXPECTED[want]}`;
  if (kind === SyntaxKind.LineCommentTrivia || kind === SyntaxKind.BlockCommentTrivia) return 'JSON has no comments';
  const token = scanner.getTokenValue() || PUNCTUATION[kind] || '';
  if (token.startsWith('\ufeff')) return 'it begins with a byte order mark, which JSON does not have';
  return `${EXPECTED[want]}, not ${token.length > 40 ? token.slice(0, 40) + '…' : token}`;
}
