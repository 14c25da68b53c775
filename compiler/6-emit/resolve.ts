import type { Json } from '../../asl/json/value.ts';
import { placeholder } from '../../asl/placeholders/index.ts';
import {
  expressionText,
  fieldStep,
  holdsTogether,
  isPosition,
  splitTokens,
  type Target,
  type Translated,
  targetOf,
  translatedOf,
  withoutMarks,
} from '../../authoring/internal.ts';
import { computed, escaped } from './jsonata-text.ts';

/** How the machine says what is known when it is deployed. */
export interface DeployVocabulary {
  /** The key of a file of the project below `${assets}/`. */
  assetKey(path: string): string;
}

/** How the states of one task say what references stand for. */
export interface Vocabulary extends DeployVocabulary {
  /** The name of the state that a step of the task's fragment becomes; absent where no states are made. */
  stateOf?(step: string): string;
  /** The variable that holds another task's output there. */
  variable(task: string): string;
  /** Whether it can be null there because the task has no output; absent: never. */
  mayBeNull?(task: string): boolean;
  /** Whether a param's value is text. */
  isText(param: string): boolean;
  /** Whether a part of digits in a path is known to be a field's name. Where nobody says so it is a position in a list. */
  isName?(target: Target, at: number): boolean;
}

/** A value as it stands in the machine: references become placeholders, expressions or variables; what only looks like one is escaped. */
export function resolve(value: unknown, words: Vocabulary): Json {
  if (typeof value === 'string') return resolveText(value, words);
  if (typeof value !== 'object' || value === null) return value as Json;
  const jsonata = expressionText(value);
  if (jsonata !== undefined) return computed(jsonata);
  const target = targetOf(value);
  if (target) return deployTime(target, words) ?? computed(whole(target, words));
  if (Array.isArray(value)) return value.map((item) => resolve(item, words));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutMarks(key), resolve(item, words)]));
}

/** A field's whole value: an expression needs no brackets there. */
function whole(target: Target, words: Vocabulary): string {
  const translated = translatedOf(target);
  return translated?.fields.length === 0 ? jsonataOf(translated.expression, words) : runTime(target, words);
}

function resolveText(marked: string, words: Vocabulary): string {
  const text = withoutMarks(marked);
  const pieces = splitTokens(text);
  const [only] = pieces;
  if (pieces.length === 1 && only && 'target' in only && !only.target.json)
    return deployTime(only.target, words) ?? computed(asText(only.target, words));
  const isPlain = pieces.every((piece, i) =>
    'text' in piece
      ? !looksSpecial(piece.text, pieces[i + 1])
      : 'target' in piece && deployTime(piece.target, words) !== undefined,
  );
  if (isPlain && !looksLikeExpression(text))
    return pieces
      .map((piece) => ('text' in piece ? piece.text : deployTime((piece as { target: Target }).target, words)))
      .join('');
  return computed(concatenation(pieces, words));
}

/** Neighbouring literals and placeholders in one literal, run-time values between them. */
function concatenation(pieces: ReturnType<typeof splitTokens>, words: Vocabulary): string {
  const parts: string[] = [];
  let open: Segment[] = [];
  const close = () => {
    parts.push(...literalsOf(open));
    open = [];
  };
  for (const [i, piece] of pieces.entries()) {
    if ('text' in piece) {
      const text = betweenJson(piece.text, pieces[i - 1], pieces[i + 1], words);
      // What would be read as one of ours is taken apart.
      const [first = '', ...others] = unambiguous(text);
      open.push({ text: first });
      for (const other of others) {
        close();
        open.push({ text: other });
      }
    } else if ('target' in piece) {
      const deployed = deployTime(piece.target, words);
      if (deployed !== undefined) {
        // `$${x}` is no placeholder everywhere.
        if (textOf(open).endsWith('$')) close();
        open.push({ placeholder: deployed });
      } else {
        close();
        parts.push(piece.target.json ? asJson(piece.target, words) : runTime(piece.target, words));
      }
    }
  }
  close();
  const isText = /^['"]/.test(parts[0] ?? '');
  return parts.length === 1 && !isText ? `'' & ${parts[0]}` : parts.join(' & ');
}

/** A part of a literal: what stands in it, or what deploy fills in. */
type Segment =
  | { readonly text: string; readonly placeholder?: undefined }
  | { readonly text?: undefined; readonly placeholder: string };

function textOf(segments: readonly Segment[]): string {
  return segments.at(-1)?.text ?? '';
}

/** One literal of all segments; none where nothing stands in them. */
function literalsOf(segments: readonly Segment[]): string[] {
  const filled = segments.filter(({ text }) => text !== '');
  if (filled.length === 0) return [];
  const quote = filled.some(({ text }) => text?.includes("'")) ? '"' : "'";
  const inner = filled.map(({ text, placeholder }) => (text === undefined ? placeholder : escaped(text, quote)));
  return [`${quote}${inner.join('')}${quote}`];
}

/** A placeholder's look, `${…}`, and an expression's, `{% … %}`, taken apart. */
function unambiguous(text: string): string[] {
  return text.split(/(?<=\$)(?=\{)|(?<=\{)(?=%)|(?<=%)(?=\})/);
}

/** What would be read as a placeholder, or keep the one behind it from being one: `$${x}`. */
function looksSpecial(text: string, after: Piece | undefined): boolean {
  return text.includes('${') || (text.endsWith('$') && after !== undefined);
}

function looksLikeExpression(text: string): boolean {
  return text.startsWith('{%') || text.endsWith('%}');
}

/** A run-time value in JSON text stands in quotes, which are JSON.stringify's and not the value's; what deploy fills in is text. */
function betweenJson(text: string, before: Piece | undefined, after: Piece | undefined, words: Vocabulary): string {
  const isJson = (piece: Piece | undefined) =>
    piece !== undefined && 'target' in piece && piece.target.json && deployTime(piece.target, words) === undefined;
  const start = isJson(before) && text.startsWith('"') ? 1 : 0;
  const end = isJson(after) && text.endsWith('"') ? text.length - 1 : text.length;
  return text.slice(start, Math.max(start, end));
}
type Piece = ReturnType<typeof splitTokens>[number];

/** The placeholder of what is known when the machine is deployed, or the name of a state; undefined for what a run decides. */
export function deployTime({ kind, path }: Target, words: DeployVocabulary & Partial<Vocabulary>): string | undefined {
  if (kind === 'env') return placeholder(path[0] as string);
  if (kind === 'asset') return `${placeholder('assets')}/${words.assetKey(path[0] as string)}`;
  if (kind === 'step') return words.stateOf?.(path[0] as string);
  return undefined;
}

/** `.name`, in back quotes where JSONata would read it otherwise. */
export function fieldText(field: string): string {
  return fieldStep(field) ?? `.\`${field}\``;
}

/** An expression in pieces, as the machine has it. What deploy fills in grows together with the literals that it is joined with. */
export function jsonataOf({ pieces }: Pick<Translated, 'pieces'>, words: Vocabulary): string {
  let text = '';
  let isPlaceholder = false;
  for (const [i, piece] of pieces.entries()) {
    const deployed = typeof piece === 'string' ? undefined : deployTime(piece, words);
    if (deployed !== undefined) {
      // Not behind a `$`: `$${x}` is no placeholder everywhere.
      text = /[^$]' & $/.test(text) ? `${text.slice(0, -4)}${deployed}'` : `${text}'${deployed}'`;
    } else {
      const behind = pieces[i + 1];
      const isFieldRead = typeof behind === 'string' && behind.startsWith('.');
      const next = typeof piece === 'string' ? piece : isFieldRead ? runTime(piece, words) : ifThere(piece, words);
      text = isPlaceholder && next.startsWith(" & '") ? `${text.slice(0, -1)}${next.slice(4)}` : `${text}${next}`;
    }
    isPlaceholder = deployed !== undefined;
  }
  return text;
}

function runTime(target: Target, words: Vocabulary): string {
  const { kind, path } = target;
  const translated = translatedOf(target);
  const behind = (base: string, from: number) =>
    path.slice(from).reduce((text, part, i) => {
      const isItem = isPosition(part) && !words.isName?.(target, from + i);
      return isItem ? itemText(text, part) : `${text}${fieldText(part)}`;
    }, base);
  if (translated) {
    const text = jsonataOf(translated.expression, words);
    return behind(holdsTogether(translated.expression) ? text : `(${text})`, 1);
  }
  if (kind === 'param') return behind('$params', 0);
  if (kind === 'output') {
    // An item of null is null, where a field is undefined.
    const isItem = path.length > 2 && isPosition(path[2] as string);
    const output: Target = { kind, path: path.slice(0, 2) };
    return behind(isItem ? ifThere(output, words) : `$${words.variable(path[1] as string)}`, 2);
  }
  if (kind === 'logicalDate') return '$logicalDate';
  return behind('$states.context', 0);
}

/** An item of a list. A position right behind another, or behind a list that is written out, would be taken otherwise. */
function itemText(list: string, position: string): string {
  return list.endsWith(']') ? `(${list})[${position}]` : `${list}[${position}]`;
}

/** The same, undefined where the output did not come out of its branch: there it is null, of which any field is undefined. */
function ifThere(target: Target, words: Vocabulary): string {
  const text = runTime(target, words);
  const { kind, path } = target;
  return kind === 'output' && path.length === 2 && words.mayBeNull?.(path[1] as string)
    ? `(${text} != null ? ${text})`
    : text;
}

function asText(target: Target, words: Vocabulary): string {
  const translated = translatedOf(target);
  const isText =
    (translated?.expression.kind === 'text' && translated.fields.length === 0) ||
    target.kind === 'logicalDate' ||
    target.kind === 'context' ||
    (target.kind === 'param' && target.path.length === 1 && words.isText(target.path[0] as string));
  return isText ? runTime(target, words) : `$string(${runTime(target, words)})`;
}

/** The value's JSON: `$string` leaves the quotes of a text out, so it is taken within an object; a list would take in another's items. */
function asJson(target: Target, words: Vocabulary): string {
  return `$replace($string({'json': ${runTime(target, words)}}), /^\\{"json":|\\}$/, '')`;
}
