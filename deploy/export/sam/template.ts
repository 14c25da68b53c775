import { Document, isMap, isScalar, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Json } from '../../../asl/json/value.ts';
import { PARTS, readPart } from '../../../asl/services/iam/index.ts';
import type { Resource } from '../../resource.ts';
import { type Exported, PLACE, wordsIn, wordsOf } from '../exported.ts';
import { resourceEntries } from './resources.ts';

/** What printing a resource needs to know of the others. */
export interface Template {
  readonly exported: Exported;
  /** A text with its symbols as `!Sub` or `!Ref`; the ARN of something that the template makes refers to it. */
  value(text: string): Value;
  json(json: Json): Value;
  /** The logical id of a resource. */
  id(resource: Resource): string;
}

/**
 * A SAM template: what deploy would make, for teams whose rule is their own infrastructure code.
 *
 *     symbols ─▶ parameters and pseudo parameters ─▶ an entry or two for each resource ─▶ template.yaml
 */
export function samFiles(exported: Exported): Map<string, string> {
  const { desired, dag, files } = exported;
  const template = templateOf(exported);
  const text = templateText(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Transform: 'AWS::Serverless-2016-10-31',
      Description: `The DAG ${dag}`,
      Parameters: parameters(exported),
      Resources: Object.fromEntries(desired.resources.flatMap((resource) => resourceEntries(resource, template))),
      Outputs: {
        StateMachineArn: { Description: `The machine of ${dag}`, Value: template.value(desired.names.machineArn) },
        AliasArn: { Description: 'What runs are started on', Value: template.value(desired.names.aliasArn) },
      },
    },
    ` Written by dagwright export. Changes belong into the DAG.`,
  );
  const machines = [...files].filter(([path]) => path.startsWith('machines/'));
  return new Map([['template.yaml', text], ...machines]);
}

function parameters({ inputs, desired }: Exported): { [name: string]: Value } {
  const schedule = desired.resources.find(({ kind }) => kind === 'schedule');
  return {
    ...Object.fromEntries(
      inputs.map(({ name, description, pattern, rule, ...rest }) => [
        logicalId(name),
        {
          Type: 'String',
          Description: description,
          ...(rest.default !== undefined && { Default: rest.default }),
          AllowedPattern: pattern,
          ConstraintDescription: `must be ${rule}`,
        },
      ]),
    ),
    ...(schedule !== undefined && {
      ScheduleState: {
        Type: 'String',
        Description: 'Whether the schedule starts runs',
        Default: schedule.properties.state as string,
        AllowedValues: ['ENABLED', 'DISABLED'],
      },
    }),
  };
}

function templateOf(exported: Exported): Template {
  const { desired, symbols } = exported;
  const id = (resource: Resource) => {
    const words = wordsOf(resource, desired);
    const kind = KIND_WORDS[resource.kind];
    return pascal([...words, ...(kind === undefined || words.at(-1) === kind ? [] : [kind])]);
  };
  const made = new Map(
    desired.resources.flatMap((resource): [string, Value][] => {
      if (resource.kind === 'role') return [[resource.arn, new Tagged('GetAtt', `${id(resource)}.Arn`)]];
      return resource.kind === 'machine' || resource.kind === 'function-alias'
        ? [[resource.arn, new Tagged('Ref', id(resource))]]
        : [];
    }),
  );
  const reference = (symbol: string) => PSEUDO[PLACE.indexOf(symbol as (typeof PLACE)[number])] ?? logicalId(symbol);
  const symbolValue = (symbol: string): Value => {
    const { of, part } = readPart(symbol) ?? {};
    if (of === undefined) return new Tagged('Ref', reference(symbol));
    const { between, at } = PARTS[part!];
    return new Tagged('Select', [at, new Tagged('Split', [between, new Tagged('Ref', reference(of))])]);
  };
  const value = (text: string): Value => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const pieces = symbols.piecesOf(text);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined && 'symbol' in only) return symbolValue(only.symbol);
    if (pieces.every((piece) => 'text' in piece)) return text;
    const parts: { [name: string]: Value } = {};
    const whole = pieces.map((piece) => {
      if ('text' in piece) return piece.text.replaceAll('${', '${!');
      const name = reference(piece.symbol);
      if (readPart(piece.symbol) !== undefined) parts[name] = symbolValue(piece.symbol);
      return `\${${name}}`;
    });
    return new Tagged('Sub', Object.keys(parts).length === 0 ? whole.join('') : [whole.join(''), parts]);
  };
  const json = (one: Json): Value => {
    if (typeof one === 'string') return value(one);
    if (Array.isArray(one)) return one.map(json);
    if (typeof one !== 'object' || one === null) return one ?? '';
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, json(item as Json)]));
  };
  return { exported, value, json, id };
}

const PSEUDO = ['AWS::Partition', 'AWS::Region', 'AWS::AccountId'];

/** What tells resources of one purpose apart. */
const KIND_WORDS: { readonly [kind: string]: string | undefined } = {
  role: 'role',
  'instance-profile': 'profile',
  function: 'function',
  'function-alias': 'version',
  alarm: 'alarm',
};

export function logicalId(name: string): string {
  return pascal(wordsIn(name));
}

function pascal(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** A text with a tag of CloudFormation's: `!Sub arn:${AWS::Partition}:…`. */
export class Tagged {
  readonly tag: string;
  /** A text, or the arguments of a function. */
  readonly content: string | readonly Value[];
  constructor(tag: 'Ref' | 'GetAtt' | 'Select' | 'Split' | 'Sub', content: string | readonly Value[]) {
    this.tag = `!${tag}`;
    this.content = content;
  }
}

export type Value = Tagged | string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** A template as a person would write it: tags in their short form, no line folded, a blank line between what stands side by side. */
export function templateText(template: { readonly [section: string]: Value }, comment: string): string {
  // CloudFormation reads YAML 1.1, where OFF and 2012-10-17 are no texts.
  const document = new Document(nodeOf(template), { version: '1.1' });
  document.commentBefore = comment;
  visit(document, {
    Map(_, map, path) {
      // Between resources, and between sections.
      if (path.length > 3) return visit.SKIP;
      map.items.forEach((pair, i) => {
        if (i > 0 && isScalar(pair.key) && isMap(pair.value)) (pair.key as Scalar).spaceBefore = true;
      });
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true, directives: false });
}

function nodeOf(value: Value): unknown {
  if (value instanceof Tagged) {
    const node = typeof value.content === 'string' ? new Scalar(value.content) : (nodeOf(value.content) as YAMLSeq);
    node.tag = value.tag;
    if (node instanceof YAMLSeq) node.flow = value.tag !== '!Sub';
    return node;
  }
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    list.items = value.map((item: Value) => nodeOf(item));
    return list;
  }
  if (typeof value === 'object' && value !== null) {
    const map = new YAMLMap();
    for (const [key, item] of Object.entries(value as { readonly [key: string]: Value }))
      map.set(new Scalar(key), nodeOf(item));
    return map;
  }
  return new Scalar(value);
}
