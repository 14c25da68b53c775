import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import { diagnose } from '../../../diagnostics/index.ts';
import type { TextFault } from '../../json/read.ts';
import type { Json } from '../../json/value.ts';
import { templateAt } from '../../placeholders/index.ts';
import { isFilledLater, UNTYPED } from '../draft.ts';
import type { Finding, Positions } from '../finding.ts';
import type { Source } from '../source.ts';
import { ShortCall, yamlNode, yamlOffset } from './places.ts';

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

/** The faults of a YAML text itself, in words for a person who writes definitions. */
function faultsOf(text: string, document: Document): TextFault[] {
  const seen = new Set<string>();
  const faults: TextFault[] = [];
  for (const error of document.errors) {
    const [offset] = error.pos;
    if (error.code === 'DUPLICATE_KEY') {
      faults.push({ offset, key: keyAt(text, offset), path: '', detail: 'repeated' });
      continue;
    }
    // Tabs as indentation seldom occur once: the first is reported for all.
    if (error.code === 'TAB_AS_INDENT' && seen.has(error.code)) continue;
    seen.add(error.code);
    const expression = expressionAt(text, offset);
    faults.push(
      expression === undefined
        ? { offset, detail: detailOf(error), template: templateAt(text, offset) }
        : {
            offset,
            detail: `the expression ${expression} stands without quotes: put quotes around it, or write it behind >-`,
          },
    );
  }
  return faults;
}

/** Aliases without an anchor: the YAML reader reports them without a place. */
function lostAliases(document: Document): TextFault[] {
  const faults: TextFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        faults.push({
          offset: alias.range?.[0] ?? 0,
          detail: `no anchor &${alias.source} stands before the alias *${alias.source}`,
        });
    },
  });
  return faults;
}

function detailOf({ code, message }: YAMLError): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a second document begins here, and a file has one';
    case 'TAB_AS_INDENT':
      return 'a tab stands in front of the line, and YAML is indented with blanks';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a text with a colon and a blank in it stands without quotes';
    default:
      return sentence(message);
  }
}

function sentence(message: string): string {
  const words = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return words.replace(
    /^Plain value cannot start with .*character (\S+)$/,
    'a text that begins with $1 stands without quotes',
  );
}

function keyAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 1024);
  const [, , quoted, bare] = /^(?:(['"])([\s\S]*?)\1|(.*?))\s*:(?:\s|$)/.exec(rest) ?? [];
  return quoted ?? bare ?? rest.split('\n', 1)[0]!;
}

/** Words that Jinja's statements begin with; no expression does. */
const STATEMENT = /^\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|set|block|endblock|include|macro|raw|extends|with)\b/;

/** An expression of JSONata that is a value of YAML without quotes: its bracket opens a map. */
function expressionAt(text: string, offset: number): string | undefined {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const whole = text.slice(line, end === -1 ? text.length : end);
  const [, before, expression] = /^(.*?(?::|-)\s+)(\{%.*?%\})/.exec(whole) ?? [];
  if (before === undefined || expression === undefined || STATEMENT.test(expression)) return undefined;
  const start = line + before.length;
  return start <= offset && offset <= start + expression.length ? expression : undefined;
}

/** A value without quotes that YAML 1.1 and YAML 1.2 read differently. */
export interface Ambiguous {
  readonly offset: number;
  readonly text: string;
  readonly old: string;
  readonly now: string;
}

/**
 * What a value means in both versions, where that is not the same. Dates are left out: CloudFormation, the SAM CLI and the
 * AWS CLI keep them as texts. So are `y` and `n`, which hardly any reader takes for booleans.
 * @see https://yaml.org/type/bool.html and https://yaml.org/type/int.html
 */
function bothMeanings(text: string): Pick<Ambiguous, 'old' | 'now'> | undefined {
  if (/^(?:yes|on)$/i.test(text)) return { old: 'true', now: 'a text' };
  if (/^(?:no|off)$/i.test(text)) return { old: 'false', now: 'a text' };
  if (/^[-+]?0[0-7]+$/.test(text))
    return { old: `the number ${Number.parseInt(text, 8)}`, now: `the number ${Number(text)}` };
  if (/^[-+]?0\d+$/.test(text)) return { old: 'a text', now: `the number ${Number(text)}` };
  if (/^0o[0-7]+$/.test(text)) return { old: 'a text', now: `the number ${Number(text)}` };
  if (/^[-+]?[1-9]\d*(?::[0-5]?\d)+$/.test(text)) return { old: 'a number to the base of 60', now: 'a text' };
  if (/^[-+]?(?:[1-9]\d*(?:_\d+)+|0b[01_]+)$/.test(text)) return { old: 'a number', now: 'a text' };
  return undefined;
}

/** The findings of such values, except where there is another finding at the same place. */
export function ambiguousFindings(
  all: readonly Ambiguous[],
  position: Positions,
  others: readonly Finding[],
): Finding[] {
  const taken = new Set(others.map(({ line, column }) => `${line}:${column}`));
  return all
    .map(
      ({ offset, ...args }): Finding => ({ ...diagnose('ASL111', args, { path: '' }), path: '', ...position(offset) }),
    )
    .filter(({ line, column }) => !taken.has(`${line}:${column}`));
}
