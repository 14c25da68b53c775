import { remembered } from '../asl/remembered.ts';

/**
 * A reference's form in text: `OPEN kind path check CLOSE`, between two noncharacters that no data holds. The kind is mixed in case and
 * the check is made from the rest, so that a token that was cut, lower-cased or edited is recognised when the model is read.
 */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';
/** Put by `verbatim(…)` into foreign syntax, so that it is not matched; removed before anything is emitted. */
export const VERBATIM = '\uFDD2';

/**
 * What a token refers to. `path` is the parts after the kind: env and param have a name, an output its DAG, task and fields, an
 * expression its JSON and fields, a step the key of another state of its fragment.
 */
export interface Target {
  readonly kind: TargetKind;
  readonly path: readonly string[];
  /** The value as JSON text inside text: what `JSON.stringify` of something that holds the reference gives. */
  readonly json?: boolean;
  /** Of an output: the field is kept where the answer has it, so that one which the answer does not have is no error. */
  readonly whole?: boolean;
  /** Of an output: the expression handles that the value is missing. */
  readonly maybe?: boolean;
}
export type TargetKind = 'env' | 'param' | 'output' | 'logicalDate' | 'context' | 'asset' | 'expression' | 'step';

const KINDS = {
  env: 'eN',
  param: 'pA',
  output: 'oU',
  logicalDate: 'lO',
  context: 'cT',
  asset: 'aS',
  expression: 'eX',
  step: 'sT',
} as const satisfies Record<TargetKind, string>;
const BY_MARK = new Map<string, TargetKind>(Object.entries(KINDS).map(([kind, mark]) => [mark, kind as TargetKind]));

export function tokenOf({ kind, path, json }: Target): string {
  const body = `${KINDS[kind]}${json ? 'J' : ''}${path.map((part) => `:${encodeURIComponent(part)}`).join('')}`;
  return `${OPEN}${body}${check(body)}${CLOSE}`;
}

/**
 * Whether a part of a path is a position in a list. JavaScript's `list[0]` and `object['0']` are one: only a known shape tells that a part
 * of digits is a name.
 */
export function isPosition(part: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(part) && Number(part) < 2 ** 32 - 1;
}

/** What must be kept of a task for an output that somebody reads: an item of a list that the answer is needs the whole answer. */
export function keptTarget(target: Target): Target {
  if (target.kind !== 'output' || target.path.length <= 2) return target;
  return isPosition(target.path[2] as string) ? { ...target, path: target.path.slice(0, 2) } : target;
}

/** The references that a target reads: itself, or those in its expression. */
export function targetsIn(target: Target): readonly Target[] {
  if (target.kind !== 'expression') return [target];
  const { pieces } = JSON.parse(target.path[0] as string) as { readonly pieces: readonly (string | Target)[] };
  return pieces.flatMap((piece) => (typeof piece === 'string' ? [] : targetsIn(piece)));
}

/** Text in pieces: what the user wrote, what references stand in it, and what is left of broken tokens. */
export type Piece = { readonly text: string } | { readonly target: Target } | { readonly broken: string };

/** Whether text holds a token or what is left of one. Cheap: it runs over every text of a model. */
export function mayHoldToken(text: string): boolean {
  return (
    text.includes(OPEN) ||
    text.includes(CLOSE) ||
    text.includes(VERBATIM) ||
    text.includes('%EF%B7%9') ||
    text.includes('\\ufdd')
  );
}

/** Anywhere else the mark is a character of the user's. */
const MARKED =
  /(?<=\{)\uFDD2(?=[{%#])|(?<=\$)\uFDD2|(?<=States)\uFDD2(?=\.)|(?<=\bu)\uFDD2(?=ndefined\b)|(?<=\bN)\uFDD2(?=aN\b)|(?<=\[)\uFDD2(?=object \w)/g;

/** A text as it is sent. */
export function withoutMarks(text: string): string {
  return text.includes(VERBATIM) ? text.replaceAll(MARKED, '') : text;
}

export function splitTokens(marked: string): readonly Piece[] {
  return mayHoldToken(marked) ? splitMarked(marked) : [{ text: marked }];
}

/** Every phase splits the same few texts again. */
const splitMarked = remembered((marked): readonly Piece[] => {
  const text = withoutMarks(marked);
  const pieces: Piece[] = [];
  // A whole token, an opened one that never closes, a stray close, or an encoded form of either mark.
  const pattern = /\uFDD0([^\uFDD0\uFDD1]*)\uFDD1|[\uFDD0\uFDD1]|%EF%B7%9[01]|\\ufdd[01]/gi;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    from = match.index + match[0].length;
    const target = match[1] === undefined ? undefined : parse(match[1]);
    pieces.push(target ? { target } : { broken: match[1] ?? '' });
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
});

function parse(inner: string): Target | undefined {
  const body = inner.slice(0, -CHECK_LETTERS);
  if (check(body) !== inner.slice(-CHECK_LETTERS)) return undefined;
  const match = /^([a-z][A-Z])(J?)((?::[^:]*)*)$/.exec(body);
  const kind = match && BY_MARK.get(match[1] as string);
  if (!match || !kind) return undefined;
  const path = (match[3] as string).split(':').slice(1).map(decodeURIComponent);
  return { kind, path, ...(match[2] && { json: true }) };
}

const CHECK_LETTERS = 4;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CHECKS = LETTERS.length ** CHECK_LETTERS;

function check(body: string): string {
  let sum = 7;
  for (let i = 0; i < body.length; i++) sum = (sum * 31 + body.charCodeAt(i)) % CHECKS;
  let letters = '';
  for (let i = 0; i < CHECK_LETTERS; i++, sum = Math.floor(sum / LETTERS.length))
    letters += LETTERS[sum % LETTERS.length];
  return letters;
}
