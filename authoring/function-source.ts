import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shown } from './checks/check.ts';
import { type Arrow, captureArrow } from './expressions/index.ts';
import { bare, type SyntaxNode } from './expressions/syntax.ts';
import { refuse } from './faults.ts';
import type { TypescriptSource } from './function-code.ts';
import { projectRoot } from './loading.ts';
import { isReference } from './reference.ts';
import { mayHoldToken } from './token.ts';

/**
 * The module of a function that a DAG file names by an arrow that imports it, `() => import('../functions/score.ts')`, or has written in
 * place, `async (input) => …`. The arrow is never run here.
 * @param handler of an imported module, the name that it exports the function under
 * @param owner the template that is given it, for messages
 * @throws Stop where a value that the function takes from around it cannot go with it
 */
export function functionSource(
  fn: unknown,
  handler: string | undefined,
  owner = 'lambda.typescript',
): TypescriptSource {
  if (typeof fn !== 'function')
    refuse('DAG167', {
      owner,
      detail: `the code is ${shown(fn)}, and no function`,
      instead: "Write `() => import('../functions/score.ts')`, with a path from the DAG file, or the function itself.",
    });
  const arrow = captureArrow(fn);
  const place = arrow.place ?? refuse('DAG055', { detail: 'nobody knows which file it stands in' });
  const specifier = importedBy(arrow.syntax, owner);
  const folder = dirname(place.file);
  if (specifier === undefined) {
    if (handler !== undefined)
      refuse('DAG167', {
        owner,
        detail: '`handler` names an export of a module, and the function is written in place',
        instead: "Leave `handler` out, or import a module: `() => import('../functions/score.ts')`.",
      });
    return { kind: 'typescript', file: fromRoot(place.file), entry: entryOf(arrow), folder: fromRoot(folder) };
  }
  if (handler === undefined)
    refuse('DAG167', {
      owner,
      detail: `it imports ${specifier}, and no \`handler\` says which of its exports is the function`,
      instead: "Write `{ handler: 'score' }`.",
    });
  const isFile = /^(?:\.{1,2}\/|\/|file:)/.test(specifier);
  const path = specifier.startsWith('file:')
    ? fileURLToPath(specifier)
    : isAbsolute(specifier)
      ? specifier
      : join(folder, specifier);
  // A module of the project is named from its own folder, so that nothing depends on where the DAG file stands.
  const [from, name] = isFile ? [dirname(path), `./${path.slice(dirname(path).length + 1)}`] : [folder, specifier];
  return {
    kind: 'typescript',
    file: fromRoot(isFile ? path : place.file),
    entry: `import { ${handler} as run } from ${quoted(name)};\n`,
    folder: fromRoot(from),
  };
}

function quoted(text: string): string {
  return /['\\]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}

function fromRoot(path: string): string {
  return relative(projectRoot(), path).split(sep).join('/') || '.';
}

/** What an arrow that does nothing else imports: `() => import('…')`, or as compilers to CommonJS write it. */
function importedBy({ body, params, type }: SyntaxNode, owner: string): string | undefined {
  if (type !== 'ArrowFunctionExpression' || (params as { readonly length?: number }).length !== 0) return undefined;
  const inner = bare(body as SyntaxNode);
  const imported = inner.type === 'ImportExpression' ? inner : requiredIn(inner);
  if (imported === undefined) return undefined;
  const { value } = bare((imported.source ?? (imported.arguments as SyntaxNode[])[0]) as SyntaxNode) as {
    readonly value?: unknown;
  };
  if (typeof value !== 'string')
    refuse('DAG167', {
      owner,
      detail: 'the name of the module that it imports is computed',
      instead: "Write the path as a text: `() => import('../functions/score.ts')`.",
    });
  return value;
}

/** `Promise.resolve().then(() => require('…'))`, with whatever is called around the `require`. */
function requiredIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: given } = node as SyntaxNode & { readonly arguments: readonly SyntaxNode[] };
  const called = callee as SyntaxNode;
  if (called.type === 'Identifier' && called.name === 'require') return node;
  if (called.type === 'MemberExpression' && (called.property as SyntaxNode).name !== 'then') return undefined;
  const [first] = given;
  if (first === undefined) return undefined;
  return requiredIn(first.type === 'ArrowFunctionExpression' ? bare(first.body as SyntaxNode) : first);
}

/** A function written in place, as a module: the declarations of its file that it uses, the values that it takes, and itself. */
function entryOf({ source, captured, declarations = '' }: Arrow): string {
  const values = [...captured].filter(([name, value]) => !isGlobal(name, value));
  const constants = values.map(([name, value]) => `const ${name} = ${literal(name, value)};`);
  return `${[...(declarations === '' ? [] : [declarations]), ...constants, `const run = ${source};`].join('\n')}\n`;
}

function isGlobal(name: string, value: unknown): boolean {
  return name in globalThis && (globalThis as { readonly [name: string]: unknown })[name] === value;
}

/** A value as JSON. */
function literal(name: string, value: unknown): string {
  if (value === undefined) return 'undefined';
  const wrong = isSecret(value) ? 'a value of an environment variable that is a secret by its name' : unwritable(value);
  if (wrong !== undefined) refuse('DAG166', { name, value: wrong });
  return JSON.stringify(value);
}

/** What keeps a value from being written down; undefined where nothing does. */
function unwritable(value: unknown): string | undefined {
  if (isReference(value)) return shown(value);
  if (typeof value === 'string') return mayHoldToken(value) ? 'a text with a reference in it' : undefined;
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value);
  if (typeof value !== 'object') return shown(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain || Object.getOwnPropertySymbols(value).length > 0) return shown(value);
  return Object.values(value)
    .map(unwritable)
    .find((wrong) => wrong !== undefined);
}

const SECRET_NAME = /key|token|secret|passw|credential|auth/i;
/** Shorter texts are the same by chance. */
const SHORTEST_SECRET = 8;

/** Whether a value is, or holds, what this process was given as a secret: it would stand in files that are committed. */
function isSecret(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && !isReference(value)) return Object.values(value).some(isSecret);
  if (typeof value !== 'string' || value.length < SHORTEST_SECRET) return false;
  return Object.entries(process.env).some(([name, secret]) => secret === value && SECRET_NAME.test(name));
}
