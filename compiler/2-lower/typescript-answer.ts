import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../../asl/json/value.ts';
import { projectRoot, type TypescriptSource } from '../../authoring/internal.ts';
import type { OutputSchema } from '../../tasks/python-function.ts';
import { parse } from '../1-load/syntax.ts';

/** A node of ESTree with TypeScript's, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A module, and over how many names and imports it was come to. */
interface Place {
  readonly body: readonly Node[];
  readonly folder: string;
  readonly depth: number;
}

/** Types that are come to over more names, as those that name themselves are, are left open. */
const DEEPEST = 6;

/**
 * What a function in TypeScript returns, as far as its return type says it in so many words: `Promise<{ day: string; files: string[] }>`, with
 * the interfaces and type aliases of its module and of those that this one imports by a path. Nothing is inferred: that takes a type checker,
 * which is no part of compiling a DAG. It is for samples of an answer, so that what cannot be read is left open, and never a fault.
 */
export function answerOfTypescript({ entry, folder }: TypescriptSource): OutputSchema | undefined {
  try {
    const module = { ...parsed('entry.ts', entry), folder: join(projectRoot(), folder), depth: 0 };
    const found = functionNamed('run', module);
    const annotation = found?.node.returnType as { readonly typeAnnotation: Node } | undefined | null;
    return found && annotation ? schemaOf(annotation.typeAnnotation, found) : undefined;
  } catch {
    return undefined;
  }
}

function parsed(file: string, text: string): { readonly body: readonly Node[] } {
  return { body: (parse(file, text)?.program.body ?? []) as readonly Node[] };
}

interface Found extends Place {
  readonly node: Node;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The function that a module has under a name, its own or one that it imports by a path. */
function functionNamed(name: string, place: Place): Found | undefined {
  const found = declared(name, place);
  if (found === undefined) return undefined;
  if (FUNCTIONS.has(found.node.type)) return found;
  const value = found.node.init as Node | undefined;
  return value && FUNCTIONS.has(value.type) ? { ...found, node: value } : undefined;
}

/** What a module declares at its top under a name, or exports under it, or imports as it. */
function declared(name: string, place: Place): Found | undefined {
  for (const statement of place.body) {
    const inner = (statement.type.startsWith('Export') && (statement.declaration as Node | null)) || statement;
    if (nameIn(inner.id) === name || (statement.type === 'ExportDefaultDeclaration' && name === 'default'))
      return { ...place, node: inner };
    const variable = ((inner.declarations ?? []) as Node[]).find(({ id }) => nameIn(id) === name);
    if (variable !== undefined) return { ...place, node: variable };
    for (const one of (statement.specifiers ?? []) as Node[]) {
      const isImport = statement.type === 'ImportDeclaration';
      if (nameIn(isImport ? one.local : one.exported) !== name) continue;
      const original = one.type === 'ImportDefaultSpecifier' ? 'default' : nameIn(isImport ? one.imported : one.local)!;
      const from = statement.source as { readonly value: string } | null;
      if (from === null) return original === name ? undefined : declared(original, place);
      const module = moduleAt(from.value, place);
      return module && declared(original, module);
    }
  }
  return undefined;
}

function nameIn(node: unknown): string | undefined {
  const { name, value } = (node ?? {}) as { readonly name?: string; readonly value?: string };
  return name ?? value;
}

/** A module of the project; packages are not looked into. */
function moduleAt(specifier: string, { folder, depth }: Place): Place | undefined {
  if (!specifier.startsWith('.') || depth >= DEEPEST) return undefined;
  const path = join(folder, specifier);
  const file = [path, path.replace(/\.([cm]?)js$/, '.$1ts'), `${path}.ts`, `${path}/index.ts`].find(
    (one) => /\.[cm]?tsx?$/.test(one) && existsSync(one),
  );
  return file === undefined
    ? undefined
    : { ...parsed(file, readFileSync(file, 'utf8')), folder: dirname(file), depth: depth + 1 };
}

const KEYWORDS: { readonly [type: string]: string } = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBigIntKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSNullKeyword: 'null',
};

/** Types around another one, of which JSON has the inner one. */
const TRANSPARENT = new Set(['Promise', 'PromiseLike', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable']);
const LISTS = new Set(['Array', 'ReadonlyArray']);

/** A type as the schema of its JSON; undefined where it is open. */
function schemaOf(type: Node, place: Place): OutputSchema | undefined {
  const kind = KEYWORDS[type.type];
  if (kind !== undefined) return { type: kind };
  switch (type.type) {
    case 'TSLiteralType':
      return { const: (type.literal as { readonly value?: Json }).value ?? null };
    case 'TSTypeLiteral':
      return objectOf(type.members as Node[], place);
    case 'TSArrayType':
      return listOf(type.elementType as Node, place);
    case 'TSTypeOperator':
    case 'TSParenthesizedType':
      return schemaOf(type.typeAnnotation as Node, place);
    case 'TSUnionType':
      return (type.types as Node[]).map((one) => schemaOf(one, place)).find((one) => one && one.type !== 'null');
    case 'TSIntersectionType': {
      const parts = (type.types as Node[]).map((one) => schemaOf(one, place)?.properties);
      return { type: 'object', properties: Object.assign({}, ...parts) as NonNullable<OutputSchema['properties']> };
    }
    case 'TSTypeReference':
      return namedType(type, place);
    default:
      return undefined;
  }
}

function namedType({ typeName, typeArguments }: Node, place: Place): OutputSchema | undefined {
  const name = nameIn(typeName) ?? '';
  const [first] = ((typeArguments as { readonly params?: Node[] } | null)?.params ?? []) as [Node?];
  if (first !== undefined && TRANSPARENT.has(name)) return schemaOf(first, place);
  if (first !== undefined && LISTS.has(name)) return listOf(first, place);
  if (name === 'Record') return { type: 'object' };
  // Of a generic type its parameters stand open in what it is declared as.
  const found = place.depth < DEEPEST ? declared(name, { ...place, depth: place.depth + 1 }) : undefined;
  if (found === undefined) return undefined;
  const { node } = found;
  if (node.type === 'TSTypeAliasDeclaration') return schemaOf(node.typeAnnotation as Node, found);
  return node.type === 'TSInterfaceDeclaration' ? objectOf((node.body as { body: Node[] }).body, found) : undefined;
}

function listOf(item: Node, place: Place): OutputSchema {
  const items = schemaOf(item, place);
  return { type: 'array', ...(items && { items }) };
}

function objectOf(members: readonly Node[], place: Place): OutputSchema {
  const fields = members.flatMap(({ type, key, typeAnnotation }): [string, OutputSchema][] => {
    const name = nameIn(key);
    const of = (typeAnnotation as { readonly typeAnnotation: Node } | null)?.typeAnnotation;
    const schema = type === 'TSPropertySignature' && of ? schemaOf(of, place) : undefined;
    return name === undefined || schema === undefined ? [] : [[name, schema]];
  });
  return { type: 'object', properties: Object.fromEntries(fields) };
}
