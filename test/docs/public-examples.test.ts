import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type JSDoc, type JSDocableNode, Node, Project } from 'ts-morph';

/** Every function and class that the package exports has an `@example` in its docblock, and all examples type-check. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.dagwright/public-examples');
const ENTRIES = {
  dagwright: 'authoring',
  'dagwright/tasks': 'tasks',
  'dagwright/compiler': 'compiler',
  'dagwright/local': 'local',
  'dagwright/asl': 'asl',
  'dagwright/jest': 'jest',
} as const;
type Entry = keyof typeof ENTRIES;

interface Documented {
  readonly entry: Entry;
  readonly name: string;
  readonly docs: readonly JSDoc[];
}

const project = new Project({ tsConfigFilePath: join(root, 'tsconfig.json'), skipAddingFilesFromTsConfig: true });
const documented = (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
  const source = project.addSourceFileAtPath(join(root, ENTRIES[entry], 'index.ts'));
  return [...source.getExportedDeclarations()].flatMap(([name, declarations]) =>
    declarations.flatMap((declaration) => documentedOf(entry, name, declaration)),
  );
});

/** What an exported declaration offers to be called: itself, a class with its public methods, the functions of a namespace or an object. */
function documentedOf(entry: Entry, name: string, declaration: Node): Documented[] {
  if (Node.isFunctionDeclaration(declaration)) {
    // Of overloads the first is documented.
    const [first = declaration] = declaration.getOverloads();
    return [{ entry, name, docs: first.getJsDocs() }];
  }
  if (Node.isClassDeclaration(declaration)) {
    const classes = [declaration, declaration.getBaseClass()].filter((one) => one !== undefined);
    const methods = classes
      .flatMap((one) => one.getMethods())
      .filter((one) => !Node.isComputedPropertyName(one.getNameNode()));
    const open = methods.filter((one) => one.getScope() === 'public' && !one.getName().startsWith('#'));
    return [
      { entry, name, docs: declaration.getJsDocs() },
      ...open.map((one) => ({ entry, name: `${name}.${one.getName()}`, docs: one.getJsDocs() })),
    ];
  }
  if (Node.isSourceFile(declaration))
    return [...declaration.getExportedDeclarations()].flatMap(([inner, all]) =>
      all.flatMap((one) => documentedOf(entry, `${name}.${inner}`, one)),
    );
  if (!Node.isVariableDeclaration(declaration)) return [];
  const statement = declaration.getVariableStatementOrThrow() as JSDocableNode;
  const callable = declaration.getType().getCallSignatures().length > 0;
  const members = declaration.getType().getProperties();
  const hasFunctions = members.some((one) => one.getTypeAtLocation(declaration).getCallSignatures().length > 0);
  const isText = declaration.getType().isString() || declaration.getType().isStringLiteral();
  return callable || (hasFunctions && !isText) ? [{ entry, name, docs: statement.getJsDocs() }] : [];
}

const examples = documented.flatMap(({ entry, name, docs }) =>
  docs
    .flatMap((doc) => doc.getTags())
    .filter((tag) => tag.getTagName() === 'example')
    .map((tag, i) => {
      const text = tag.getCommentText() ?? '';
      const code = /```ts\n(.*?)```/s.exec(text)?.[1] ?? text;
      return { entry, name: `${name}-${i + 1}`, code };
    }),
);

/** The names that each entry exports as values: examples use those of their own entry, `dagwright` and `dagwright/tasks` without importing them. */
const valuesOf = (entry: Entry) =>
  [...project.getSourceFileOrThrow(join(root, ENTRIES[entry], 'index.ts')).getExportedDeclarations()]
    .filter(([, all]) => all.some((one) => !Node.isInterfaceDeclaration(one) && !Node.isTypeAliasDeclaration(one)))
    .map(([name]) => name);

function fileOf(entry: Entry, code: string): string {
  const declared = new Set(
    [...code.matchAll(/\b(?:const|let|function|class)\s+(\w+)|\bimport\s*\{([^}]*)\}/g)].flatMap(
      ([, one, many = '']) => [one ?? '', ...many.split(/[\s,]+/)],
    ),
  );
  const lines: string[] = [];
  for (const from of new Set<Entry>([entry, 'dagwright', 'dagwright/tasks'])) {
    const names = valuesOf(from).filter((name) => !declared.has(name));
    for (const name of names) declared.add(name);
    lines.push(`import { ${names.join(', ')} } from '${from}';`);
  }
  if (!declared.has('dag')) lines.push(`declare const dag: import('dagwright').Dag<{}, {}>;`);
  return `${lines.join('\n')}\n${code}\nexport {};\n`;
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { entry, name, code } of examples)
    writeFileSync(join(folder, `${ENTRIES[entry]}-${name}.ts`), fileOf(entry, code));
  const paths = Object.fromEntries(Object.entries(ENTRIES).map(([entry, room]) => [entry, [`../../${room}/index.ts`]]));
  const config = { extends: '../../tsconfig.json', compilerOptions: { paths }, include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every entry offers something', () => {
  expect([...new Set(documented.map(({ entry }) => entry))]).toEqual(Object.keys(ENTRIES));
});

test.each(documented)('$entry: $name has an @example', ({ docs }) => {
  expect(docs.flatMap((doc) => doc.getTags()).map((tag) => tag.getTagName())).toContain('example');
});

test('all examples type-check', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
});
