import { once } from 'node:events';
import { basename, relative, resolve, sep } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { startBundler } from '../compiler/1-load/bundler.ts';
import type { Difference } from '../compiler/9-files/files.ts';
import type { Compiled } from '../compiler/compile.ts';
import type { FolderCompiler } from '../compiler/compile-folder.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, inOrder, isError, Stop } from '../diagnostics/index.ts';
import { diagnosticsByFile, diagnosticsText } from './diagnostics-text.ts';

interface Options {
  readonly dags: string;
  readonly out: string;
  readonly check?: true;
  readonly watch?: true;
  readonly json?: true;
  readonly importTimeout: number;
}

/** `dagwright compile [dag…]`: TypeScript → dist/. */
export function register(program: Command): void {
  program
    .command('compile')
    .description('compile DAGs to state machines in dist/')
    .argument('[dag...]', 'ids of DAGs; all without any')
    .option('--dags <dir>', 'the folder of the DAG files', 'dags')
    .option('--out <dir>', 'where the compiled DAGs go', 'dist')
    .option('--check', 'write nothing; fail if dist/ is not what the DAGs say')
    .option('--watch', 'compile again whenever a file of the project changes')
    .option('--json', 'print what was written and every diagnostic as JSON')
    .option('--import-timeout <seconds>', 'how long a DAG file may run', seconds, 30)
    .action(async (names: string[], options: Options) => {
      startBundler();
      const { FolderCompiler } = await import('../compiler/compile-folder.ts');
      const compiler = new FolderCompiler(options.dags, process.cwd(), options.importTimeout * 1000);
      if (options.watch) await compileAlways(compiler, names, options);
      else await compileOnce(compiler, names, options);
    });
}

function seconds(given: string): number {
  const value = Number(given);
  if (!(value > 0 && value < MOST_SECONDS)) throw new InvalidArgumentError('It is a number of seconds above 0.');
  return value;
}
/** What Node's timers can wait. */
const MOST_SECONDS = 2_147_483;

/** Whether there is something to print: what was found, and whether files were written. */
type IsNews = (told: readonly Diagnostic[], isWritten: boolean) => boolean;

async function compileOnce(
  compiler: FolderCompiler,
  names: readonly string[],
  { out, check, json }: Options,
  isNews: IsNews = () => true,
): Promise<void> {
  const [{ compareDist, writeDist }, { compiled, recompiled, warnings, faults }] = await Promise.all([
    import('../compiler/9-files/files.ts'),
    compiler.compile(names),
  ]);
  const sets = new Map(compiled.map(({ dag, files }) => [dag, files]));
  // What a faulty DAG had is left as it is.
  const all = names.length === 0 && faults.length === 0;
  const where = (path: string) => relative('', resolve(out, path));
  const differences = check ? compareDist(out, sets, all) : writeDist(out, sets, all);
  const stale = check && differences.length > 0 ? differences.map(({ path, kind }) => `${where(path)} (${kind})`) : [];
  const told = inOrder([...warnings, ...faults, ...(stale.length > 0 ? [diagnose('DAG027', { files: stale })] : [])]);
  if (told.some(isError)) process.exitCode = 1;
  if (!isNews(told, differences.length > 0)) return;
  if (json) {
    const files = differences.map(({ path, kind }) => ({ path: where(path), kind }));
    process.stdout.write(
      `${JSON.stringify({ compiled: [...sets.keys()], files, diagnostics: told.map(plain) }, undefined, 2)}\n`,
    );
    return;
  }
  if (told.length > 0) process.stderr.write(`${diagnosticsByFile(told)}\n`);
  if (!check) tellWritten(recompiled, differences, where);
  else if (process.exitCode !== 1)
    process.stdout.write(`${where('.') || out} is what the DAGs say: ${[...sets.keys()].join(', ')}\n`);
}

function tellWritten(
  recompiled: readonly Compiled[],
  differences: readonly Difference[],
  where: (path: string) => string,
): void {
  const colours = coloursFor(process.stdout);
  for (const { path, kind } of differences)
    process.stdout.write(`${colours.green(kind === 'left over' ? 'removed' : 'wrote')} ${where(path)}\n`);
  for (const { dag, barriers } of recompiled) for (const line of barriers) process.stdout.write(`${dag}: ${line}\n`);
  const unchanged = recompiled.filter(({ dag }) => !differences.some(({ path }) => path.startsWith(`${dag}/`)));
  for (const { dag } of unchanged) process.stdout.write(`${colours.dim(`${where(dag)} is unchanged`)}\n`);
}

/** A diagnostic for programs: the place is a path from here, its line and its column. */
function plain({ place, ...told }: Diagnostic): object {
  return { ...told, ...(place && { file: relative('', place.file), line: place.line, column: place.column }) };
}

/** Compiles at every change what was made from the files that have changed, until it is stopped; a fault is told and waited out. */
async function compileAlways(compiler: FolderCompiler, names: readonly string[], options: Options): Promise<never> {
  const out = resolve(options.out);
  let before: string | undefined;
  for await (const changed of changes((path) => path !== out && !path.startsWith(out + sep))) {
    const isSettings = [...changed].some((path) => SETTINGS.test(basename(path)));
    if (isSettings) compiler.forgetAll();
    const concerns = isSettings || compiler.forget(changed);
    // A file that no DAG reads, a log of this very command perhaps, repeats nothing that was printed.
    const isNews: IsNews = (told, isWritten) => {
      const text = JSON.stringify(told);
      const isNew = concerns || isWritten || text !== before;
      before = text;
      return isNew;
    };
    await compileOnce(compiler, names, options, isNews).catch((error: unknown) => {
      if (!(error instanceof Stop)) throw error;
      if (isNews(error.diagnostics, false)) process.stderr.write(`${diagnosticsText(error.diagnostics)}\n`);
    });
  }
  throw new Error('the watch ended');
}

/** What esbuild reads beside the files that it bundles, and the project's own settings. */
const SETTINGS = /^(?:package(?:-lock)?\.json|tsconfig.*\.json|dagwright\.yaml)$/;

/** At once, and then whenever files of the project have changed and a moment passed without another change: their absolute paths. */
async function* changes(counts: (path: string) => boolean): AsyncGenerator<ReadonlySet<string>> {
  const { watch } = await import('chokidar');
  let gathered = new Set<string>();
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const root = resolve('.');
  const isPassedOver = (path: string) =>
    /^(node_modules|build|\.git|\.dagwright)(?:[\\/]|$)/.test(relative(root, path)) || !counts(path);
  // Editors put a new file in the old one's place, which Node's own watch then loses.
  const watcher = watch(root, {
    ignored: (path) => isPassedOver(resolve(path)),
    ignoreInitial: true,
    ignorePermissionErrors: true,
    followSymlinks: false,
  });
  watcher.on('all', (_, path) => {
    gathered.add(resolve(path));
    clearTimeout(timer);
    timer = setTimeout(() => wake?.(), QUIET_MS);
  });
  await once(watcher, 'ready');
  yield new Set();
  for (;;) {
    if (gathered.size === 0) {
      await new Promise<void>((resolveNext) => {
        wake = resolveNext;
      });
      wake = undefined;
    }
    const changed = gathered;
    gathered = new Set();
    yield changed;
  }
}

/** An editor writes a file in several steps. */
const QUIET_MS = 100;
