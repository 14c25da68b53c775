import { parseExpressionAt } from 'acorn';
import type { Json } from '../../../asl/json/value.ts';
import { compile } from '../../../asl/jsonata/index.ts';
import { type Arrow, type Translated, translate } from '../../../authoring/expressions/index.ts';
import type { SyntaxNode } from '../../../authoring/expressions/syntax.ts';
import { jsonataOf } from '../../../compiler/6-emit/resolve.ts';

export const WORDS = {
  assetKey: (path: string) => path,
  variable: (task: string) => task.replaceAll(/\W/g, '_'),
  isText: () => false,
};

/** An arrow from its text, with what it captures. */
export function arrowOf(source: string, captured: { readonly [name: string]: unknown }): Arrow {
  const syntax = parseExpressionAt(source, 0, { ecmaVersion: 'latest' }) as unknown as SyntaxNode;
  const placeOf = ({ start }: SyntaxNode) => ({ file: 'dag.ts', line: 1, column: start + 1 });
  return { source, syntax, captured: new Map(Object.entries(captured)), place: placeOf(syntax), placeOf };
}

/** JSONata as the machine has it. */
export function textOf(translated: Translated): string {
  return jsonataOf(translated, WORDS);
}

export function jsonataFor(source: string, captured: { readonly [name: string]: unknown }): string {
  return textOf(translate(arrowOf(source, captured)));
}

/** What an expression gives where the variables have these values. */
export async function resultOf(jsonata: string, variables: { readonly [name: string]: Json }): Promise<unknown> {
  const environment = { lookup: (name: string) => variables[name], now: () => 0, random: () => 0.5 };
  return await compile(jsonata).evaluate(environment);
}
