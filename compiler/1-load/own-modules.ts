import type { Message, Plugin } from 'esbuild';
import { insteadOfMember, isReference } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, type Place } from '../../diagnostics/index.ts';
import { SERVICES } from '../../tasks/services.ts';

/** What a DAG file may import of this package. */
const ENTRIES = [
  'dagwright',
  'dagwright/tasks',
  'dagwright/compiler',
  'dagwright/local',
  'dagwright/asl',
  'dagwright/jest',
];

/** Those that DAGs are written with: an import or a member that they do not have is reported. */
const AUTHORING: { readonly [entry: string]: () => Promise<{ readonly [name: string]: unknown }> } = {
  dagwright: () => import('../../authoring/index.ts'),
  'dagwright/tasks': () => import('../../tasks/index.ts'),
};

/** What the loader writes around parts of a DAG file, by the names that a bundle knows it under. */
export const GUARDS = {
  arrow: '__arrow',
  guard: '__guard',
  guardHandle: '__guardHandle',
  named: '__named',
  resolveFrom: '__resolveFrom',
} as const;

/** The module that these are of. */
export const GUARD_URL = urlOf('authoring/guard');

function urlOf(path: string): string {
  return new URL(`../../${path}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url).href;
}

/** Where the bundler finds the entries. */
const NAMESPACE = 'own';

/**
 * `dagwright` and `dagwright/…` in a DAG file are this very package, whichever folder it runs from. What DAGs are written with is exported
 * name by name, so that the bundler finds an import that is not there, and a member that is not there is reported (`glue.job`).
 */
export const ownModules: Plugin = {
  name: 'own-modules',
  setup({ onResolve, onLoad }) {
    const fileOf = (entry: string) => urlOf(`${entry.slice('dagwright/'.length) || 'authoring'}/index`);
    onResolve({ filter: /^dagwright(\/|$)/ }, ({ path, kind }) => {
      if (!ENTRIES.includes(path))
        return { errors: [{ text: `There is no "${path}". There are: ${ENTRIES.join(', ')}` }] };
      if (kind === 'require-call')
        return {
          errors: [{ text: `A DAG file is an ES module: write \`import { … } from '${path}'\` for \`require\`` }],
        };
      return Object.hasOwn(AUTHORING, path)
        ? { path, namespace: NAMESPACE, sideEffects: false }
        : { path: fileOf(path), external: true };
    });
    onResolve({ filter: /^file:/, namespace: NAMESPACE }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: NAMESPACE }, async ({ path }) => {
      const exported = Object.entries(await AUTHORING[path]!());
      const members = exported.map(([name, value]) =>
        name === 'aws' || hasMembers(value)
          ? `${name} = /* @__PURE__ */ __named('${name}', own.${name}, ${namesOf(name)})`
          : `${name} = own.${name}`,
      );
      const contents = `import * as own from ${JSON.stringify(fileOf(path))}; export const ${members.join(', ')};`;
      return { contents, loader: 'js' };
    });
  },
};

/** The service's table of other names for the members of a namespace of `dagwright/tasks`. */
function namesOf(namespace: string): string {
  const { sdk, otherNames } = SERVICES.find(({ name }) => name === namespace) ?? {};
  return JSON.stringify({ sdk, otherNames });
}

function hasMembers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isReference(value);
}

const MISSING = [
  /^No matching export in "own:(?<entry>.*)" for import "(?<name>.*)"$/,
  /^Import "(?<name>.*)" will always be undefined because there is no matching export in "own:(?<entry>.*)"$/,
];

/** The diagnostic of an import that the package does not have; undefined for anything else that the bundler says. */
export async function missingImport({ text }: Message, place: Place): Promise<Diagnostic | undefined> {
  const { name, entry } = MISSING.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined) ?? {};
  if (name === undefined || entry === undefined) return undefined;
  const known = Object.keys(await AUTHORING[entry]!()).sort();
  return diagnose('DAG144', { entry, name, known, instead: insteadOfMember(entry, name) }, { place });
}
