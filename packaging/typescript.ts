import { createRequire } from 'node:module';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import type { TypescriptSource } from '../authoring/function-code.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { FunctionPackage } from './package.ts';

const require = createRequire(import.meta.url);

/** The module of the bundle: `index.mjs`, whose function is `handler`. */
const MODULE = 'index.mjs';

/** What dagwright writes around the function, in source maps and messages. */
const ENTRY = 'dagwright-entry.ts';

/**
 * What the service calls. It takes what an asynchronous function answers, and waits for a callback of any other; and it names an error
 * by its name, which of a class of one's own is `Error` unless the class says otherwise.
 */
const HANDLER = `export const handler = async (event: never, context: never) => {
  try {
    return await run(event, context);
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') error.name = error.constructor.name;
    throw error;
  }
};
`;

/** The same for what runs it where no service does: the end of the bundle, which is a text of ours and not bundled. */
const FOR_RUNNER = "Reflect.set(globalThis, Symbol.for('dagwright.handler'), handler);\n";

/** Packages that are CommonJS ask for others by `require`, which a module does not have. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles a function with what it imports; what it does not use is left out, as is the AWS SDK, which the runtime has.
 * @param job where the bundle is a program that calls the function once: what calls it
 * @throws Stop with what the bundler says, at its place
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export function packageTypescript(
  { entry, file, folder }: TypescriptSource,
  runtime: string,
  root: string,
  job?: { readonly runner: string },
): Omit<FunctionPackage, 'sha256'> {
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  // The places in source maps are relative to it: as deep as the folder that the code is laid out in.
  const outdir = join(root, '.dagwright/functions/bundle/code');
  try {
    const { outputFiles, metafile } = buildSync({
      stdin: {
        contents: `${entry}${HANDLER}${job === undefined ? '' : FOR_RUNNER}`,
        resolveDir: join(root, folder),
        sourcefile: join(root, folder, ENTRY),
        loader: 'ts',
      },
      absWorkingDir: root,
      outfile: join(outdir, MODULE),
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: `node${/\d+/.exec(runtime)![0]}`,
      mainFields: ['module', 'main'],
      external: ['@aws-sdk/*', '@smithy/*'],
      banner: { js: BANNER },
      // A job fetches one file.
      ...(job === undefined ? {} : { footer: { js: job.runner } }),
      sourcemap: job === undefined ? 'linked' : 'inline',
      sourcesContent: false,
      // Errors are named after their classes.
      keepNames: true,
      metafile: true,
      logLevel: 'silent',
    });
    const files = outputFiles.map((one): [string, Uint8Array] => [relative(outdir, one.path), one.contents]);
    const inputs = Object.keys(metafile.inputs).filter((path) => basename(path) !== ENTRY);
    return {
      handler: 'index.handler',
      files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
      inputs: inputs.map((path) => resolve(root, path)),
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw new Stop(error.errors.map((message) => unbuilt(message, file, root)));
  }
}

function isFailure(error: unknown): error is BuildFailure {
  return Array.isArray((error as Partial<BuildFailure> | undefined)?.errors);
}

/** What the bundler says of the project's own files stands at its place; of what dagwright wrote, at the file that it was written for. */
function unbuilt({ text, location, notes }: Message, file: string, root: string): Diagnostic {
  const isOwn = location === null || basename(location.file) === ENTRY;
  const path = isOwn ? file : location.file;
  const shown = relative('', resolve(root, path)).split(sep).join('/');
  const place = isOwn ? undefined : { file: resolve(root, path), line: location.line, column: location.column + 1 };
  return diagnose(
    'DAG168',
    { file: shown, detail: text.replace(/\.$/, ''), hint: notes.find((note) => /^Did you mean/.test(note.text))?.text },
    { place },
  );
}
