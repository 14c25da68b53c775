import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TraceMap } from '@jridgewell/trace-mapping';
import { type BuildFailure, build, type Plugin } from 'esbuild';
import type { LoadedFile } from '../../authoring/internal.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { type DocComments, docComments } from './doc-comments.ts';
import { GUARD_MODULE, guardSource } from './guard-source.ts';
import { parse, placesIn } from './syntax.ts';

export interface Bundle {
  readonly code: string;
  readonly map: TraceMap;
  /** By absolute path: every file of the project that the bundle is made of. */
  readonly docs: ReadonlyMap<string, DocComments>;
  /** By absolute path: the arrows in it that are translated. */
  readonly files: ReadonlyMap<string, LoadedFile>;
  /** By absolute path: everything that it is made of, JavaScript and data too. */
  readonly parts: readonly string[];
}

/**
 * A DAG file and what it imports as one module. The package's own names lead to the copy that is running, so that there is one.
 * @throws Stop where a file does not parse or an import is not found
 */
export async function bundle(file: string, outfile: string): Promise<Bundle> {
  const docs = new Map<string, DocComments>();
  const files = new Map<string, LoadedFile>();
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      sourcesContent: false,
      metafile: true,
      logLevel: 'silent',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      plugins: [ownNames, guarded(docs, files)],
    });
    const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))!.text;
    const parts = Object.keys(metafile.inputs).map((path) => resolve(path));
    return { code: text('.mjs'), map: new TraceMap(text('.map')), docs, files, parts };
  } catch (error) {
    throw new Stop(faultsOf(error as BuildFailure, file));
  }
}

/** What a DAG file may import of this package. */
const ENTRIES = [
  'dagwright',
  'dagwright/tasks',
  'dagwright/compiler',
  'dagwright/local',
  'dagwright/asl',
  'dagwright/jest',
];

/** `dagwright` and `dagwright/…` in a DAG file are this very package, whichever folder it runs from. */
const ownNames: Plugin = {
  name: 'own-names',
  setup({ onResolve }) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const own = (path: string) => ({
      path: new URL(`../../${path}.${extension}`, import.meta.url).href,
      external: true,
    });
    onResolve({ filter: /^dagwright(\/|$)/ }, ({ path, kind }) => {
      if (!ENTRIES.includes(path))
        return { errors: [{ text: `There is no "${path}". There are: ${ENTRIES.join(', ')}` }] };
      if (kind === 'require-call')
        return {
          errors: [{ text: `A DAG file is an ES module: write \`import { … } from '${path}'\` for \`require\`` }],
        };
      return own(`${path.slice('dagwright/'.length) || 'authoring'}/index`);
    });
    onResolve({ filter: new RegExp(`^${GUARD_MODULE}$`) }, () => own('authoring/guard'));
  },
};

function guarded(docs: Map<string, DocComments>, files: Map<string, LoadedFile>): Plugin {
  return {
    name: 'guarded',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?tsx?$/ }, async ({ path }) => {
        if (path.includes('/node_modules/')) return undefined;
        const source = await readFile(path, 'utf8');
        const syntax = parse(path, source);
        if (!syntax) return { contents: source, loader: 'ts' };
        docs.set(path, docComments(source, syntax));
        const { code, arrows } = guardSource(path, source, syntax);
        const places = placesIn(source);
        files.set(path, { source, arrows, placeOf: (offset) => ({ file: path, ...places.of(offset) }) });
        return { contents: code, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

function faultsOf(failure: BuildFailure, file: string) {
  if (!Array.isArray(failure.errors)) throw failure;
  return failure.errors.map(({ text, location }) => {
    const at = location
      ? { file: resolve(location.file), line: location.line, column: location.column + 1 }
      : { file, line: 1, column: 1 };
    const isPython = PYTHON.test(location?.lineText ?? '');
    return diagnose(
      'DAG021',
      { file: location?.file ?? file, detail: text.replace(/\.$/, ''), isPython },
      { place: at },
    );
  });
}

/** A line that no TypeScript has. */
const PYTHON =
  /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$|(?:async\s+)?def\s+\w+\s*\(|with\s+.*\bas\s+\w+\s*:|(?:if|elif|for|while|else|try|except)\b[^({]*:\s*$)/;
