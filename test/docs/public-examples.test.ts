import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type JSDoc, Node, Project, ts } from 'ts-morph';
import { compileFolder } from '../../compiler/compile-folder.ts';

/** Every function that the package exports, and every class but those of errors, has an `@example` in its docblock, and all examples type-check. */
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
/** The entries that DAGs are written with. */
const WRITING: readonly Entry[] = ['dagwright', 'dagwright/tasks'];

interface Documented {
  readonly entry: Entry;
  readonly name: string;
  readonly docs: readonly JSDoc[];
}

/** Of the sources alone: what they import of other packages, and the language's own types, say nothing about an example. */
const project = new Project({
  tsConfigFilePath: join(root, 'tsconfig.json'),
  skipAddingFilesFromTsConfig: true,
  compilerOptions: { noLib: true, types: [] },
  resolutionHost: (host, getCompilerOptions) => ({
    resolveModuleNames: (names, file) =>
      names.map((name) =>
        name.startsWith('.') ? ts.resolveModuleName(name, file, getCompilerOptions(), host).resolvedModule : undefined,
      ),
  }),
});
/** What each entry exports as values. */
const values = new Map<Entry, [name: string, declarations: Node[]][]>();
const documented = (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
  project.addSourceFileAtPath(join(root, ENTRIES[entry], 'index.ts'));
  values.set(entry, valuesOf(entry));
  return values
    .get(entry)!
    .flatMap(([name, declarations]) => declarations.flatMap((declaration) => documentedOf(entry, name, declaration)));
});

/** What templates are made with: an example of it makes no DAG, and gets a task. */
const MAKING = new Set(
  project.getSourceFileOrThrow(join(root, 'tasks/own-templates.ts')).getExportedDeclarations().keys(),
);
const A_TASK = "dag.task('lists', aws({ service: 's3', action: 'listBuckets', parameters: {} }));";

/** What an exported declaration offers to be called: itself, a class with its public methods, the functions of a namespace or an object. */
function documentedOf(entry: Entry, name: string, declaration: Node): Documented[] {
  if (Node.isFunctionDeclaration(declaration)) {
    // Of overloads the first is documented.
    const [first = declaration] = declaration.getOverloads();
    return [{ entry, name, docs: first.getJsDocs() }];
  }
  if (Node.isClassDeclaration(declaration)) {
    // An error is nobody's to create.
    if (declaration.getExtends()?.getText() === 'Error') return [];
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
  const initializer = declaration.getInitializer();
  const value = Node.isAsExpression(initializer) ? initializer.getExpression() : initializer;
  if (!Node.isObjectLiteralExpression(value) && !Node.isArrowFunction(value)) return [];
  return [{ entry, name, docs: declaration.getVariableStatementOrThrow().getJsDocs() }];
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

/** What an entry exports as values, by name: types are left out, and classes of which only the type is exported. */
function valuesOf(entry: Entry): [name: string, declarations: Node[]][] {
  const source = project.getSourceFileOrThrow(join(root, ENTRIES[entry], 'index.ts'));
  const types = source
    .getExportDeclarations()
    .flatMap((one) => one.getNamedExports().filter((name) => one.isTypeOnly() || name.isTypeOnly()))
    .map((one) => one.getAliasNode()?.getText() ?? one.getName());
  return [...source.getExportedDeclarations()].filter(
    ([name, all]) =>
      !types.includes(name) &&
      all.some((one) => !Node.isInterfaceDeclaration(one) && !Node.isTypeAliasDeclaration(one)),
  );
}

function fileOf({ entry, name, code }: (typeof examples)[number]): string {
  const declared = new Set(
    [...code.matchAll(/\b(?:const|let|function|class)\s+(\w+)|\b(?:import|const)\s*\{([^}]*)\}/g)].flatMap(
      ([, one, many = '']) => [one ?? '', ...many.split(/[\s,]+/)],
    ),
  );
  const lines: string[] = [];
  for (const from of new Set<Entry>([entry, 'dagwright', 'dagwright/tasks'])) {
    const names = values
      .get(from)!
      .map(([name]) => name)
      .filter((name) => !declared.has(name));
    for (const name of names) declared.add(name);
    lines.push(`import { ${names.join(', ')} } from '${from}';`);
  }
  if (!declared.has('dag')) lines.push(`const dag = new Dag('${name.replace(/\W/g, '-')}');`);
  const end = WRITING.includes(entry) ? 'export default dag;' : 'export {};';
  return [...lines, code, ...(MAKING.has(exportOf(name)) ? [A_TASK] : []), end, ''].join('\n');
}

/** The export whose example this is: `query-1`. */
function exportOf(name: string): string {
  return name.replace(/[.-].*/, '');
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const example of examples) {
    const { entry, name } = example;
    mkdirSync(join(folder, ENTRIES[entry]), { recursive: true });
    writeFileSync(join(folder, ENTRIES[entry], `${name}.ts`), fileOf(example));
  }
  // The project's files that examples name.
  for (const name of ['spark', 'sql']) symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'functions'));
  writeFileSync(
    join(folder, 'functions/score.ts'),
    'export async function score(input: { rows: number }) {\n  return { kept: input.rows };\n}\n',
  );
  writeFileSync(join(folder, 'functions/clean.py'), 'def clean(event):\n    return event\n');
  const paths = Object.fromEntries(
    Object.entries(ENTRIES).map(([entry, room]) => [entry, [`../../build/${room}/index.d.ts`]]),
  );
  const config = { extends: '../../tsconfig.json', compilerOptions: { paths }, include: ['**/*.ts'], exclude: [] };
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

test.each(WRITING)('the examples of %s compile', async (entry) => {
  const { faults } = await compileFolder(join(folder, ENTRIES[entry]), folder);
  expect(faults.map(({ code, message, place }) => `${code} ${message} ${place?.file}`)).toEqual([]);
});
