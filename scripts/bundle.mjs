// Builds what the package is made of: its entry points and commands as bundles, and a file of types for each entry point. A command that
// loads ten files starts in half the time of one that loads three hundred: node scripts/bundle.mjs
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = join(import.meta.dirname, '..');

/** What npm installs beside the package, or the user does; small packages that are no such are put into the bundles. */
const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** What users import: a bundle and a file of types each. */
const ENTRIES = ['authoring', 'tasks', 'compiler', 'local', 'asl', 'jest'];
const DECLARATIONS = join(root, 'build/declarations');

/** A module finds what lies beside it as if each had a file of its own in build/, whichever file it is bundled into. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta.url')) return undefined;
      const place = JSON.stringify(relative(root, path).replace(/\.ts$/, '.js'));
      return { contents: `const __ownUrl = new URL(${place}, __build).href; ${source}`, loader: 'ts' };
    });
  },
};

/** The engines of all services are one file that is loaded when a task needs one, and what reads their logs another. */
const servicesTogether = {
  name: 'services-together',
  setup({ onResolve, onLoad }) {
    const lazy = /import\('\.\/(\w+)\/(engine|logs)\.ts'\)/g;
    const index = join(root, 'tasks/services.ts');
    onResolve({ filter: /^services:/ }, ({ path }) => ({ path, namespace: 'services' }));
    onLoad({ filter: /tasks\/services\.ts$/ }, async () => ({
      contents: (await readFile(index, 'utf8')).replace(lazy, "import('services:$2').then((all) => all.$1)"),
      loader: 'ts',
    }));
    onLoad({ filter: /./, namespace: 'services' }, async ({ path }) => ({
      contents: [...(await readFile(index, 'utf8')).matchAll(lazy)]
        .filter(([, , kind]) => path === `services:${kind}`)
        .map(([, name, kind]) => `export * as ${name} from './${name}/${kind}.ts';`)
        .join('\n'),
      resolveDir: join(root, 'tasks'),
    }));
  },
};

/** The commands that operate what is deployed have nearly all in common: what they run is one file. */
const operationTogether = {
  name: 'operation-together',
  setup({ onResolve, onLoad }) {
    const lazy = /import\('\.\.\/runs\/(\w+-for-terminal)\.ts'\)/g;
    onResolve({ filter: /^runs:/ }, ({ path }) => ({ path, namespace: 'runs' }));
    onLoad({ filter: /\/cli\/\w+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(lazy, "import('runs:for-terminal')"),
      loader: 'ts',
    }));
    onLoad({ filter: /./, namespace: 'runs' }, async () => ({
      contents: (await readdir(join(root, 'runs')))
        .filter((name) => name.endsWith('-for-terminal.ts'))
        .map((name) => `export * from './${name}';`)
        .join('\n'),
      resolveDir: join(root, 'runs'),
    }));
  },
};

/** The clients of the AWS SDK, of which few are installed, stay as they are: a comment on each line lets the others be missing. */
const clientTypes = {
  name: 'client-types',
  resolveId: (id) =>
    id.endsWith('/sdk-clients.generated.ts') ? { id: '../types/sdk-clients.js', external: true } : null,
};

await rm(join(root, 'build'), { recursive: true, force: true });
await build({
  entryPoints: ['cli/main', 'authoring/guard', ...ENTRIES.map((room) => `${room}/index`)].map((entry) =>
    join(root, `${entry}.ts`),
  ),
  outbase: root,
  outdir: join(root, 'build'),
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)],
  logLevel: 'warning',
  define: { 'import.meta.url': '__ownUrl' },
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
      "const __build = import.meta.url.replace(/^(.*\\/build\\/).*$/, '$1');",
    ].join(' '),
  },
  plugins: [ownUrls, servicesTogether, operationTogether],
});

// What AWS's services take and answer, of which a command reads the services that a machine calls.
await mkdir(join(root, 'build/asl/services'), { recursive: true });
for (const file of ['sdk-arguments.generated.data', 'sdk-results.generated.data'])
  await copyFile(join(root, 'asl/services', file), join(root, 'build/asl/services', file));

// What a Glue job imports: Python reads a zip as it does a folder, and the package has one file of it.
const libs = join(root, 'tasks/glue/engine/libs');
const modules = (await readdir(libs, { recursive: true })).filter((name) => name.endsWith('.py')).sort();
const contents = modules.map(async (name) => [
  name,
  [await readFile(join(libs, name)), { mtime: new Date(1980, 0, 1) }],
]);
await mkdir(join(root, 'build/tasks/glue'), { recursive: true });
await writeFile(
  join(root, 'build/tasks/glue/libs.zip'),
  zipSync(Object.fromEntries(await Promise.all(contents)), { level: 9 }),
);

await withoutFacades(join(root, 'build/chunks'));

// What stands in every picture of a run: its script and its style.
const pageParts = await build({
  entryPoints: [join(root, 'report/picture/page-parts.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  write: false,
});
await writeFile(join(root, 'build/page-parts.mjs'), pageParts.outputFiles[0].text);
const { bundlePageParts } = await import('../build/page-parts.mjs');
await rm(join(root, 'build/page-parts.mjs'));
const parts = await bundlePageParts(join(root, 'report/picture/page'));
await mkdir(join(root, 'build/report/picture'), { recursive: true });
await writeFile(join(root, 'build/report/picture/page-parts.json'), JSON.stringify(parts));

// The types, of which what several entry points share stands in a file of its own.
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  {
    stdio: 'inherit',
  },
);
await mkdir(join(root, 'build/types'));
await copyFile(join(DECLARATIONS, 'tasks/aws/sdk-clients.generated.d.ts'), join(root, 'build/types/sdk-clients.d.ts'));
const types = await rolldown({
  input: Object.fromEntries(ENTRIES.map((room) => [`${room}/index`, join(DECLARATIONS, room, 'index.d.ts')])),
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  treeshake: { moduleSideEffects: true },
  plugins: [clientTypes, dts({ dtsInput: true, oxc: true, tsconfig: false })],
});
await types.write({
  dir: join(root, 'build'),
  entryFileNames: '[name].d.ts',
  chunkFileNames: 'types/[name]-[hash].d.ts',
});
// Nobody asks for it.
for (const name of await readdir(join(root, 'build/types')))
  if (name.startsWith('rolldown-runtime')) await rm(join(root, 'build/types', name));
await rm(DECLARATIONS, { recursive: true });

/**
 * A lazy import of what another chunk has as well makes a chunk that holds nothing but its names, and shared types an empty one. The
 * importers take them from where they are, so that the package has fewer files.
 */
async function withoutFacades(folder) {
  const facade = /^import \{([^}]*)\} from "(\.\/[^"]+)";\n(?:import "\.\/[^"]+";\n)*export \{([^}]*)\};\s*$/;
  const names = (list) => list.replace(/\s/g, '').split(',').sort().join();
  const files = new Map();
  for (const name of await readdir(folder)) files.set(name, await readFile(join(folder, name), 'utf8'));
  const targets = new Map();
  for (const [name, text] of files) {
    const code = text.slice(text.indexOf('\n') + 1);
    if (code.trim() === '') targets.set(name, undefined);
    const [, taken, from, given] = facade.exec(code) ?? [];
    if (from !== undefined && !taken.includes(' as ') && names(taken) === names(given)) targets.set(name, from);
  }
  for (const name of targets.keys()) await rm(join(folder, name));
  const built = await readdir(join(root, 'build'), { recursive: true });
  for (const file of built.filter((one) => one.endsWith('.js'))) {
    const path = join(root, 'build', file);
    let text = await readFile(path, 'utf8');
    for (const [name, target] of targets) {
      const other = target?.replace('./', '');
      text = text.replace(new RegExp(`^import (?:\\{\\s*\\} from )?"[^"\\n]*/${name}";\\n`, 'gm'), '');
      if (other !== undefined) text = text.replaceAll(`/${name}"`, `/${other}"`);
    }
    await writeFile(path, text);
  }
}
