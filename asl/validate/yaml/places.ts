import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar, YAMLMap } from 'yaml';
import { keysOf } from '../../json/pointer.ts';
import { unmarked } from '../draft.ts';
import type { Place } from '../source.ts';

/** A call of a function of CloudFormation in its short form, `!Ref x`: a value like a text, not a map with keys. */
export class ShortCall extends YAMLMap {}

/** The node that a JSON pointer names, aliases followed; undefined where there is none. */
export function yamlNode(document: Document, pointer: string): Node | undefined {
  const { node, whole } = walk(document, pointer);
  return whole ? node : undefined;
}

/** Where what a JSON pointer names stands in a YAML text, or the nearest thing around it. Counted in UTF-16 units. */
export function yamlOffset(text: string, document: Document, { path, onKey, within }: Place): number {
  const { node, key, value, whole } = walk(document, path);
  if (!whole || onKey || isSeq(node) || (isMap(node) && !(node instanceof ShortCall))) return key;
  return within === undefined || !isScalar(node) ? value : characterOf(text, node, within);
}

interface Walked {
  readonly node: Node | undefined;
  readonly key: number;
  readonly value: number;
  /** The pointer was followed to its end. */
  readonly whole: boolean;
}

function walk(document: Document, pointer: string): Walked {
  let node = (document.contents ?? undefined) as Node | undefined;
  let key = start(node) ?? 0;
  let value = key;
  for (const name of keysOf(pointer)) {
    if (isAlias(node)) node = node.resolve(document);
    const found = isMap(node)
      ? // Of a key that stands twice the last one counts.
        node.items.findLast((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === name)
      : isSeq(node)
        ? (node.items[Number(name)] as Node | undefined)
        : undefined;
    if (found === undefined) return { node, key, value, whole: false };
    const inner = ((isPair(found) ? found.value : found) ?? undefined) as Node | undefined;
    key = (isPair(found) ? start(found.key as Node) : start(inner)) ?? key;
    value = start(inner) ?? key;
    node = inner;
  }
  return { node, key, value, whole: true };
}

function start(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}

/**
 * Where the `index`th character of a scalar's text stands. Whatever the style, YAML only folds, strips and indents white
 * space: the nth character that is none is the nth that is none in the document, too.
 */
function characterOf(text: string, scalar: Scalar, index: number): number {
  if (!scalar.range) return 0;
  const [from, to] = scalar.range;
  const { inValue, inText } = tables.get(scalar) ?? tableOf(text, scalar, from, to);
  let low = 0;
  let high = inValue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inValue[middle]! < index) low = middle + 1;
    else high = middle;
  }
  return inText[low] ?? Math.max(from, to - 1);
}

/** Where the characters that are no white space stand, in the value and in the document. */
interface Table {
  readonly inValue: readonly number[];
  readonly inText: readonly number[];
}

/** A definition of a megabyte may be one text, and have a thousand findings. */
const tables = new WeakMap<Scalar, Table>();

function tableOf(text: string, scalar: Scalar, from: number, to: number): Table {
  const { type, value } = scalar;
  const inValue = [...unmarked(String(value)).matchAll(/\S/g)].map(({ index }) => index);
  const inText: number[] = [];
  let at = from;
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') at = text.indexOf('\n', from) + 1;
  else if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') at = from + 1;
  while (at < to) {
    const { length, white } = unit(text, at, type);
    if (!white) inText.push(at);
    at += length;
  }
  const table = { inValue, inText };
  tables.set(scalar, table);
  return table;
}

/** One character of the value as it is written: an escape is longer than what it means, and may mean white space. */
function unit(text: string, at: number, type: Scalar.Type | undefined): { length: number; white: boolean } {
  const c = text[at]!;
  if (type === 'QUOTE_SINGLE' && c === "'" && text[at + 1] === "'") return { length: 2, white: false };
  if (type === 'QUOTE_DOUBLE' && c === '\\') {
    const escaped = text[at + 1]!;
    const digits = { x: 2, u: 4, U: 8 }[escaped] ?? 0;
    const means =
      digits === 0 ? escaped : String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 2 + digits), 16));
    return { length: 2 + digits, white: digits === 0 ? /[ntrfv\s_NLP]/.test(means) : /\s/.test(means) };
  }
  return { length: 1, white: /\s/.test(c) };
}
