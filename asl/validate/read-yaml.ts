import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import type { Json, JsonObject } from '../json.ts';
import { intrinsicText, templateAt } from '../placeholders/index.ts';
import { UNTYPED } from './draft.ts';
import { isFilledLater } from './filled-later.ts';
import type { TextFault } from './read-json.ts';
import type { Mark } from './report.ts';

export interface ReadYaml {
  readonly value?: Json;
  readonly faults: readonly TextFault[];
  /** Where what a JSON pointer names stands, or the nearest thing around it. Counted in UTF-16 units. */
  readonly offset: (pointer: string, mark: Mark) => number;
}

/**
 * Reads YAML 1.2 as SAM and CloudFormation take it for definitions. CloudFormation's short functions (`!Sub`, `!GetAtt`)
 * become the placeholders that they are, `${…}`; what is not in quotes may be filled in as anything.
 */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text, { prettyErrors: false, merge: true, logLevel: 'error' });
  const faults = document.errors.map((error): TextFault => {
    const [offset, end] = error.pos;
    if (error.code !== 'DUPLICATE_KEY')
      return { offset, detail: sentence(error.message), template: templateAt(text, offset) };
    const key = text
      .slice(offset, end)
      .replace(/:[\s\S]*$/, '')
      .replace(/^(['"])(.*)\1$/, '$2');
    return { offset, key, path: '', detail: 'repeated' };
  });
  visit(document, {
    Map: (_, node) => {
      const [only] = node.items;
      const start = node.range?.[0];
      if (
        start !== undefined &&
        node.flow &&
        node.items.length === 1 &&
        isMap(only?.key) &&
        text.startsWith('{{', start)
      )
        faults.push({ offset: start, detail: 'a map is the key of a map', template: templateAt(text, start) });
      return undefined;
    },
    Node: (place, node) => {
      if (calls(node as Node)) {
        const filled = document.createNode(UNTYPED + (intrinsicText(longForm(node as Node) as JsonObject) ?? ''));
        filled.range = (node as Node).range ?? null;
        return filled;
      }
      if (place !== 'key' && isScalar(node) && node.type === 'PLAIN' && isFilledLater(node.value as Json))
        node.value = UNTYPED + String(node.value);
      return undefined;
    },
  });
  const broken = faults.some(({ key }) => key === undefined);
  return {
    ...(!broken && { value: (document.toJS({ maxAliasCount: 100 }) ?? null) as Json }),
    faults,
    offset: (pointer, mark) => offsetOf(document, pointer, mark),
  };
}

/** Whether a node calls a function of CloudFormation in its short form: `!Sub`. */
function calls({ tag }: Node): boolean {
  return tag !== undefined && /^!\w/.test(tag);
}

/** `!GetAtt F.Arn` as `{"Fn::GetAtt": "F.Arn"}`. */
function longForm(node: Node): Json {
  const { tag } = node;
  const value: Json = isSeq(node)
    ? (node.items as Node[]).map(longForm)
    : isScalar(node)
      ? (node.value as Json)
      : (node.toJSON() as Json);
  return calls(node) ? { [tag === '!Ref' ? 'Ref' : `Fn::${tag!.slice(1)}`]: value } : value;
}

function sentence(message: string): string {
  const text = message.replace(/\s+/g, ' ').trim();
  return text.replace(/\.$/, '');
}

function offsetOf(document: Document, pointer: string, { onKey, within }: Mark): number {
  let node = document.contents as Node | null;
  let key = start(node) ?? 0;
  let value = key;
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const found = isMap(node)
      ? node.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === name)
      : isSeq(node)
        ? (node.items[Number(name)] as Node | undefined)
        : undefined;
    if (found === undefined) return key;
    const inner = (isPair(found) ? found.value : found) as Node | null;
    key = (isPair(found) ? start(found.key as Node) : start(inner)) ?? key;
    value = start(inner) ?? key;
    node = inner;
  }
  if (onKey || isMap(node) || isSeq(node)) return key;
  if (within === undefined || !isScalar(node)) return value;
  // A block's text begins after its indicator, indented anew in each line: its own beginning must do.
  if (node.type === 'PLAIN') return value + within;
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? value + 1 + within : value;
}

function start(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}
