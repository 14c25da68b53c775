import { type Document, isMap, isScalar, isSeq, type Node, Pair, parseDocument, Scalar, visit } from 'yaml';
import type { Json } from '../json/value.ts';
import { templateAt } from '../placeholders/index.ts';
import { UNTYPED } from './draft.ts';
import { isFilledLater } from './filled-later.ts';
import type { Source } from './source.ts';
import { faultsOf, lostAliases } from './yaml-faults.ts';
import { ShortCall, yamlNode, yamlOffset } from './yaml-offset.ts';
import { type Ambiguous, bothMeanings } from './yaml-versions.ts';

/**
 * Reads YAML 1.2 as SAM and CloudFormation take it for definitions. CloudFormation's short functions (`!Sub`, `!GetAtt`)
 * become their long forms (`{"Fn::Sub": …}`); what is not in quotes may be filled in as anything.
 */
export function readYaml(text: string): Source {
  const document = parseDocument(text, { prettyErrors: false, merge: true, logLevel: 'error' });
  const faults = [...faultsOf(text, document), ...(document.errors.length > 0 ? [] : lostAliases(document))];
  const ambiguous: Ambiguous[] = [];
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
      if (isScalar(node) && node.type === 'PLAIN' && node.tag === undefined && node.source !== undefined) {
        const meanings = bothMeanings(node.source);
        if (meanings !== undefined) ambiguous.push({ offset: node.range![0], text: node.source, ...meanings });
      }
      if (calls(node as Node)) return longForm(document, node as Node);
      if (place !== 'key' && isScalar(node) && node.type === 'PLAIN' && isFilledLater(node.value as Json))
        node.value = UNTYPED + String(node.value);
      return undefined;
    },
  });
  const broken = faults.some(({ key }) => key === undefined);
  return {
    ...(!broken && { value: (document.toJS({ maxAliasCount: 100 }) ?? null) as Json }),
    faults,
    ambiguous,
    offsets: (places) => places.map((place) => yamlOffset(text, document, place)),
    holds: (pointer, { offset }) => {
      const [start, , end] = yamlNode(document, pointer)?.range ?? [0, 0, 0];
      return start <= offset && offset < end;
    },
  };
}

/** Whether a node calls a function of CloudFormation in its short form: `!Sub`. */
function calls({ tag }: Node): boolean {
  return tag !== undefined && /^!\w/.test(tag);
}

/** `!GetAtt F.Arn` as `Fn::GetAtt: F.Arn`, at the place of what it is called with. */
function longForm(document: Document, node: Node): ShortCall {
  const { tag, range } = node;
  const name = new Scalar(tag === '!Ref' ? 'Ref' : `Fn::${tag!.slice(1)}`);
  const call = new ShortCall(document.schema);
  for (const made of [name, call]) made.range = range ?? null;
  delete node.tag;
  // An alias means the call, not what it is called with.
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
    call.anchor = node.anchor;
    delete node.anchor;
  }
  call.items.push(new Pair(name, node));
  return call;
}
