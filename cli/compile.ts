import { watch } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Difference } from '../compiler/9-files/files.ts';
import type { Compiled } from '../compiler/compile.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type Diagnostic, diagnose, inOrder, Stop } from '../diagnostics/index.ts';
import { diagnosticsByFile, diagnosticsText } from './print-diagnostics.ts';

interface Options {
  readonly dags: string;
  readonly out: string;
  readonly check?: true;
  readonly watch?: true;
  readonly json?: true;
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
    .action(async (names: string[], options: Options) => {
      if (options.watch) await compileAlways(names, options);
      else await compileOnce(names, options);
    });
}

async function compileOnce(names: readonly string[], { dags, out, check, json }: Options): Promise<void> {
  const { compileFolder } = await import('../compiler/compile-folder.ts');
  const { compareDist, writeDist } = await import('../compiler/9-files/files.ts');
  const { compiled, warnings, faults } = await compileFolder(dags, process.cwd(), names);
  const sets = new Map(compiled.map(({ dag, files }) => [dag, files]));
  // What a faulty DAG had is left as it is.
  const all = names.length === 0 && faults.length === 0;
  const where = (path: string) => relative('', resolve(out, path));
  const differences = check ? compareDist(out, sets, all) : writeDist(out, sets, all);
  const stale = check && differences.length > 0 ? differences.map(({ path, kind }) => `${where(path)} (${kind})`) : [];
  const told = inOrder([...warnings, ...faults, ...(stale.length > 0 ? [diagnose('DAG027', { files: stale })] : [])]);
  if (told.some(({ severity }) => severity === 'error')) process.exitCode = 1;
  if (json) {
    const files = differences.map(({ path, kind }) => ({ path: where(path), kind }));
    process.stdout.write(
      `${JSON.stringify({ compiled: [...sets.keys()], files, diagnostics: told.map(plain) }, undefined, 2)}\n`,
    );
    return;
  }
  if (told.length > 0) process.stderr.write(`${diagnosticsByFile(told)}\n`);
  if (!check) await tellWritten(compiled, differences, where);
  else if (process.exitCode !== 1)
    process.stdout.write(`${where('.') || out} is what the DAGs say: ${[...sets.keys()].join(', ')}\n`);
}

async function tellWritten(
  compiled: readonly Compiled[],
  differences: readonly Difference[],
  where: (path: string) => string,
): Promise<void> {
  const colours = coloursFor(process.stdout);
  for (const { path, kind } of differences)
    process.stdout.write(`${colours.green(kind === 'left over' ? 'removed' : 'wrote')} ${where(path)}\n`);
  const { barrierReport } = await import('../compiler/9-files/readme.ts');
  for (const { dag, files } of compiled)
    for (const line of barrierReport(files)) process.stdout.write(`${dag}: ${line}\n`);
  const unchanged = compiled.filter(({ dag }) => !differences.some(({ path }) => path.startsWith(`${dag}/`)));
  for (const { dag } of unchanged) process.stdout.write(`${colours.dim(`${where(dag)} is unchanged`)}\n`);
}

/** A diagnostic for programs: the place is a path from here, its line and its column. */
function plain({ place, ...told }: Diagnostic): object {
  return { ...told, ...(place && { file: relative('', place.file), line: place.line, column: place.column }) };
}

/** Compiles at every change, until it is stopped; a fault is told and waited out. */
async function compileAlways(names: readonly string[], options: Options): Promise<never> {
  const tell = (error: unknown) => {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${diagnosticsText(error.diagnostics)}\n`);
  };
  const out = relative('', resolve(options.out));
  for await (const _ of changes((path) => !path.startsWith(out))) await compileOnce(names, options).catch(tell);
  throw new Error('the watch ended');
}

/** At once, and then whenever a file of the project changed and a moment passed without another change. */
async function* changes(counts: (path: string) => boolean): AsyncGenerator<void> {
  let changed: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  watch('.', { recursive: true }, (_, path) => {
    if (path === null || /^(node_modules|build|\.git|\.dagwright)\b/.test(path) || !counts(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => changed?.(), 100);
  });
  for (;;) {
    const next = new Promise<void>((resolveNext) => {
      changed = resolveNext;
    });
    yield;
    await next;
  }
}
