import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { BuildFailure, BuildOptions, BuildResult, Location, Message, Metafile, Plugin } from 'esbuild';
import { remembered } from '../../asl/remembered.ts';
import { type Diagnostic, diagnose, type Place } from '../../diagnostics/index.ts';
import { esbuild } from './bundler.ts';
import { GUARD_URL, GUARDS, missingImport, ownModules } from './own-modules.ts';
import { namesOwnPath, OWN_PATHS, ownPath, withoutHashbang } from './own-path.ts';
import { type SourceFile, sourceFile } from './source-file.ts';

/** A DAG file and what it imports as one piece of JavaScript. */
export interface Bundle {
  /** The DAG file, absolute. */
  readonly file: string;
  /** The name that the bundle runs under: what stacks say of it. There is no such file, unless the bundle is a module. */
  readonly outfile: string;
  readonly code: string;
  /** A DAG file with `await` at its top runs as a module, any other one as a function of what it requires. */
  readonly format: 'cjs' | 'esm';
  /** By absolute path: the TypeScript of the project that it is made of. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** By absolute path: everything that it is made of, JavaScript and data too. */
  readonly parts: readonly string[];
  /** What it imports and does not hold: Node's modules, and those of this package. */
  readonly externals: readonly string[];
  /** From a place in the bundle to the place in the file that the user wrote; undefined where the bundle has it from no file. */
  original(place: Place): Place | undefined;
}

/** What became of a DAG file: its bundle, or what is wrong in it or in a file that it imports. */
export type Bundled = Bundle | { readonly file: string; readonly faults: readonly Diagnostic[] };

/**
 * Bundles DAG files, all in one run of the bundler, so that what several of them import is read once. Where that run fails, each half is
 * bundled by itself, so that a file is at fault only for what it imports. The package's own names lead to the copy that is running.
 */
export async function bundle(files: readonly string[], sources: SourceFiles = new SourceFiles()): Promise<Bundled[]> {
  if (files.length === 0) return [];
  const [file] = files as [string];
  try {
    const built = await run(files, 'cjs', sources);
    const faults = await faultsOf(built.warnings, file, sources);
    if (faults.length === 0) return files.map((one, at) => bundleOf(one, at, built, 'cjs', sources));
    if (files.length === 1) return [{ file, faults }];
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (files.length === 1) return [await withoutFunction(file, error, sources)];
  }
  const half = files.length >> 1;
  return [...(await bundle(files.slice(0, half), sources)), ...(await bundle(files.slice(half), sources))];
}

/** A file that could not be bundled to run as a function. */
async function withoutFunction(file: string, failure: BuildFailure, sources: SourceFiles): Promise<Bundled> {
  const told = ({ errors, warnings }: BuildFailure) => faultsOf([...errors, ...warnings], file, sources);
  if (!failure.errors.some(({ text }) => TOP_LEVEL_AWAIT.test(text))) return { file, faults: await told(failure) };
  try {
    const built = await run([file], 'esm', sources);
    // `import * as dagwright`, and a name that it does not have, is a warning.
    const faults = await faultsOf(built.warnings, file, sources);
    return faults.length > 0 ? { file, faults } : bundleOf(file, 0, built, 'esm', sources);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { file, faults: await told(error) };
  }
}
const TOP_LEVEL_AWAIT = /^Top-level await is currently not supported/;

interface Built extends BuildResult<{ write: false; metafile: true }> {
  /** A folder that is not there: names of bundles and paths of source maps are relative to it, and no two runs have the same. */
  readonly outdir: string;
}
let runs = 0;

async function run(files: readonly string[], format: Bundle['format'], sources: SourceFiles): Promise<Built> {
  const outdir = join(realpathSync(tmpdir()), `dagwright-${process.pid}-${runs++}`);
  const result = await esbuild().build({
    entryPoints: files.map((file, at) => ({ in: file, out: `${at}/dag` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [ownModules, guarded(sources)],
    define: OWN_PATHS,
    ...FORMATS[format],
  });
  return { ...result, outdir };
}

function guards(as: string): string {
  return Object.entries(GUARDS)
    .map(([name, known]) => `${name}${as}${known}`)
    .join(', ');
}

const FORMATS = {
  cjs: {
    format: 'cjs',
    // Strict as a module is.
    banner: {
      js: `(function (require, module, __guards) { "use strict"; const { ${guards(': ')} } = __guards;`,
    },
    footer: { js: '})' },
    supported: { 'dynamic-import': false },
  },
  esm: {
    format: 'esm',
    banner: {
      js:
        `import { ${guards(' as ')} } from ${JSON.stringify(GUARD_URL)}; ` +
        "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  },
} as const satisfies { readonly [format in Bundle['format']]: BuildOptions };

function bundleOf(file: string, at: number, built: Built, format: Bundle['format'], sources: SourceFiles): Bundle {
  const outfile = join(built.outdir, String(at), 'dag.mjs');
  const text = (path: string) => built.outputFiles.find((one) => one.path === path)!.text;
  const map = text(`${outfile}.map`);
  const { inputs, outputs } = built.metafile;
  const output = outputs[relative('', outfile)]!;
  const parts = partsOf(output.entryPoint as string, inputs).map((path) => resolve(path));
  let traced: TraceMap | undefined;
  const pathOf = remembered((source) => resolve(dirname(outfile), source));
  return {
    file,
    outfile,
    code: text(outfile),
    format,
    sources: sources.among(parts),
    parts,
    externals: output.imports.filter(({ external }) => external).map(({ path }) => path),
    original: (place) => {
      if (place.file !== outfile) return undefined;
      traced ??= new TraceMap(map);
      const { source, line, column } = originalPositionFor(traced, { line: place.line, column: place.column - 1 });
      if (source === null) return undefined;
      const path = pathOf(source);
      const original = sources.get(path)?.original(line, column) ?? { line, column };
      return { file: path, line: original.line, column: original.column + 1 };
    },
  };
}

/** A file and all that it imports. */
function partsOf(entry: string, inputs: Metafile['inputs']): string[] {
  const parts = new Set([entry]);
  for (const part of parts)
    for (const { path, external } of inputs[part]?.imports ?? []) if (!external && inputs[path]) parts.add(path);
  return [...parts];
}

/** The files of the project that were read, by absolute path. A file that is read again and is the same as before is not parsed again. */
export class SourceFiles {
  private readonly files = new Map<string, { readonly text: string; readonly source: SourceFile | undefined }>();

  /** @returns the file's text where it has an error in its syntax, which the bundler then tells */
  async read(path: string): Promise<SourceFile | string> {
    const text = await readFile(path, 'utf8');
    const known = this.files.get(path);
    const file = known?.text === text ? known : { text, source: sourceFile(path, text) };
    this.files.set(path, file);
    return file.source ?? text;
  }

  get(path: string): SourceFile | undefined {
    return this.files.get(path)?.source;
  }

  among(paths: readonly string[]): ReadonlyMap<string, SourceFile> {
    const sources = paths.map((path) => this.get(path)).filter((source) => source !== undefined);
    return new Map(sources.map((source) => [source.path, source]));
  }
}

function guarded(sources: SourceFiles): Plugin {
  return {
    name: 'guarded',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
        const loader = extname(path).replace(/[.cm]/g, '') as 'js' | 'jsx' | 'ts' | 'tsx';
        if (loader.startsWith('js') || path.includes('/node_modules/')) {
          const text = await readFile(path, 'utf8');
          return namesOwnPath(text) ? { contents: ownPath(path) + withoutHashbang(text), loader } : undefined;
        }
        const source = await sources.read(path);
        return { contents: typeof source === 'string' ? source : source.code, loader };
      });
    },
  };
}

function isFailure(error: unknown): error is BuildFailure {
  return Array.isArray((error as Partial<BuildFailure> | undefined)?.errors);
}

/** What the bundler says, in the user's words; of its warnings only what this package does not have. */
async function faultsOf(messages: readonly Message[], file: string, sources: SourceFiles): Promise<Diagnostic[]> {
  const faults = messages.map(async (message) => {
    const { text, location } = message;
    const place = placeOf(location, file, sources);
    const missing = await missingImport(message, place);
    if (missing || message.id !== '') return missing ?? [];
    const isPython = PYTHON.test(location?.lineText ?? '');
    return diagnose('DAG021', { file: location?.file ?? file, detail: text.replace(/\.$/, ''), isPython }, { place });
  });
  return (await Promise.all(faults)).flat();
}

function placeOf(location: Location | null, file: string, sources: SourceFiles): Place {
  if (!location) return { file, line: 1, column: 1 };
  const path = resolve(location.file);
  const { line, column } = sources.get(path)?.original(location.line, location.column) ?? location;
  return { file: path, line, column: column + 1 };
}

/** A line that no TypeScript has. */
const PYTHON =
  /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*$|(?:async\s+)?def\s+\w+\s*\(|with\s+.*\bas\s+\w+\s*:|(?:if|elif|for|while|else|try|except)\b[^({]*:\s*$)/;
