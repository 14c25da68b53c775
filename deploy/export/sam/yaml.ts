import { Document, isMap, isScalar, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';

/** A text with a tag of CloudFormation's: `!Sub arn:${AWS::Partition}:…`. */
export class Tagged {
  readonly tag: string;
  readonly text: string;
  constructor(tag: 'Ref' | 'GetAtt' | 'Sub', text: string) {
    this.tag = `!${tag}`;
    this.text = text;
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
    const scalar = new Scalar(value.text);
    scalar.tag = value.tag;
    return scalar;
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
