import { fileURLToPath } from 'node:url';
import { type InterfaceDeclaration, Project, type SourceFile } from 'ts-morph';

/** What the package exports, read from its own sources: a function or a field that is added is fuzzed without a line here. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
const sources = project.addSourceFilesAtPaths(
  [
    'authoring/*',
    'authoring/expressions/translate',
    'tasks/*',
    'tasks/*/*',
    'compiler/index',
    'local/*',
    'simulate/*',
    'simulate/mocks/read-mocks',
    'report/picture/picture',
    'asl/index',
    'asl/interpret/*',
    'asl/interpret/test-state/request',
    'asl/history/*',
    'asl/validate/{check,validate}',
    'jest/*',
  ]
    .map((path) => `${root}${path}.ts`)
    .concat(`!${root}**/*.generated.ts`),
);

const interfaces = new Map<string, InterfaceDeclaration>();
for (const source of sources) for (const one of source.getInterfaces()) interfaces.set(one.getName(), one);

/** The fields of an interface, those that it extends among them, by name. */
function fieldsOf(name: string): string[] {
  const found = interfaces.get(name);
  if (!found) return [];
  const extended = found
    .getExtends()
    .flatMap((one) =>
      fieldsOf(/\b([A-Z]\w+)\b(?!.*\b[A-Z]\w+\b<)/.exec(one.getText().replace(/^Omit<|,.*$/g, ''))?.[1] ?? ''),
    );
  return [...new Set([...found.getProperties().map((one) => one.getName()), ...extended])].filter(
    (one) => !one.startsWith('['),
  );
}

/** The fields of each argument of a function or a method, by the interfaces that its signature names. */
export function argumentFields(file: string, path: string): string[][] {
  const source = project.getSourceFileOrThrow(`${root}${file}`);
  const parameters = parametersOf(source, path) ?? [];
  return parameters.map((type) => [...type.matchAll(/[A-Z]\w+/g)].flatMap(([name]) => fieldsOf(name)));
}

function parametersOf(source: SourceFile, path: string): string[] | undefined {
  const texts = (of: { getParameters(): { getTypeNode(): { getText(): string } | undefined }[] } | undefined) =>
    of?.getParameters().map((one) => one.getTypeNode()?.getText() ?? '');
  const [owner, method] = path.split('.');
  if (method === undefined) return texts(source.getFunction(path));
  const found = source.getClass(owner!);
  return method === 'new' ? texts(found?.getConstructors()[0]) : texts(found?.getMethod(method));
}

/** The values that an entry of the package exports. */
export function exportsOf(entry: string): string[] {
  const source = project.getSourceFileOrThrow(`${root}${entry}`);
  const named = source
    .getExportDeclarations()
    .filter((one) => !one.isTypeOnly())
    .flatMap((one) => {
      const space = one.getNamespaceExport()?.getName();
      return space === undefined
        ? one
            .getNamedExports()
            .filter((name) => !name.isTypeOnly())
            .map((name) => name.getName())
        : [space];
    });
  const own = [...source.getFunctions(), ...source.getClasses()]
    .filter((one) => one.hasExportKeyword())
    .map((one) => one.getName()!);
  return [...named, ...own].sort();
}
