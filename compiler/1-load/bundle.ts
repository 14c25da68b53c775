import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { type BuildFailure, build, type Location, type Message, type Plugin } from 'esbuild';
import type { LoadedFile } from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, type Place, Stop } from '../../diagnostics/index.ts';
import { declaredNames } from './declared-names.ts';
import { type DocComments, docComments } from './doc-comments.ts';
import { guardSource } from './guard-source.ts';
import { missingImport, ownModules } from './own-modules.ts';
import { parse, placesIn } from './syntax.ts';

export interface Bundle {
  readonly code: string;
  readonly map: TraceMap;
  /** By absolute path: every file of the project that the bundle is made of. */
  readonly docs: ReadonlyMap<string, DocComments>;
  /** The names of the project's variables in it. */
  readonly names: ReadonlySet<string>;
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
  const maps: Maps = new Map();
  const names = new Set<string>();
  try {
    const { outputFiles, metafile, warnings } = await build({
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
      plugins: [ownModules, guarded(docs, files, maps, names)],
    });
    // `import * as dagwright`, and a name that it does not have.
    const missing = await faultsOf(warnings, file, maps);
    if (missing.length > 0) throw new Stop(missing);
    const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))!.text;
    const parts = Object.keys(metafile.inputs).map((path) => resolve(path));
    return { code: text('.mjs'), map: new TraceMap(text('.map')), docs, names, files, parts };
  } catch (error) {
    const { errors, warnings = [] } = error as Partial<BuildFailure>;
    if (!Array.isArray(errors)) throw error;
    throw new Stop(await faultsOf([...errors, ...warnings], file, maps));
  }
}

/** From what the bundler is given of a file to its source, where they differ. */
type Maps = Map<string, NonNullable<ReturnType<typeof guardSource>['map']>>;

function guarded(
  docs: Map<string, DocComments>,
  files: Map<string, LoadedFile>,
  maps: Maps,
  names: Set<string>,
): Plugin {
  return {
    name: 'guarded',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?tsx?$/ }, async ({ path }) => {
        if (path.includes('/node_modules/')) return undefined;
        const source = await readFile(path, 'utf8');
        const syntax = parse(path, source);
        if (!syntax) return { contents: source, loader: 'ts' };
        docs.set(path, docComments(source, syntax));
        const own = new Set(declaredNames(syntax));
        for (const name of own) names.add(name);
        const { code, map, arrows } = guardSource(path, source, syntax);
        if (map) maps.set(path, map);
        const places = placesIn(source);
        files.set(path, { source, arrows, names: own, placeOf: (offset) => ({ file: path, ...places.of(offset) }) });
        return { contents: code, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

/** What the bundler says, in the user's words; of its warnings only what this package does not have. */
async function faultsOf(messages: readonly Message[], file: string, maps: Maps): Promise<Diagnostic[]> {
  const faults = messages.map(async (message) => {
    const { text, location } = message;
    const place = placeOf(location, file, maps);
    const missing = await missingImport(message, place);
    if (missing || message.id !== '') return missing ?? [];
    const isPython = PYTHON.test(location?.lineText ?? '');
    return diagnose('DAG021', { file: location?.file ?? file, detail: text.replace(/\.$/, ''), isPython }, { place });
  });
  return (await Promise.all(faults)).flat();
}

function placeOf(location: Location | null, file: string, maps: Maps): Place {
  if (!location) return { file, line: 1, column: 1 };
  const path = resolve(location.file);
  const map = maps.get(path);
  const { line, column } = location;
  const original = map && originalPositionFor(new TraceMap(map.toString()), { line, column });
  return { file: path, line: original?.line ?? line, column: (original?.column ?? column) + 1 };
}

/** A line that no TypeScript has. */
const PYTHON =
  /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$|(?:async\s+)?def\s+\w+\s*\(|with\s+.*\bas\s+\w+\s*:|(?:if|elif|for|while|else|try|except)\b[^({]*:\s*$)/;
