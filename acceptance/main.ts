import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { awsDiagnostic } from '../aws/errors.ts';
import { diagnosticsText } from '../cli/diagnostics-text.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { openAccount } from './account.ts';
import { CHECKS } from './checks.ts';
import { clean } from './clean.ts';
import { readOptions, USAGE } from './options.ts';
import { runChecks } from './run.ts';

/**
 * The acceptance suite: `npm run aws:acceptance -- --profile P --region R --bucket B`. Exit codes: 0 nothing failed, 1 a check failed or
 * the input is at fault, 2 wrong usage, 3 AWS refused, or something could not be removed.
 */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, CHECKS);
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const repository = resolve(import.meta.dirname, '../..');
  if (!existsSync(join(repository, 'build/cli/main.js'))) throw new Stop(diagnose('ACC011', {}), 2);
  if (options.profile !== undefined) useProfile(options.profile);
  const account = await openAccount(options);
  try {
    if (options.clean) return (await clean({ ...options, account, say, confirm })) ? 0 : 1;
    let isInterrupted = false;
    const results = await untilSignal(async (signal) => {
      const colours = coloursFor(process.stdout);
      const found = await runChecks({ ...options, account, all: CHECKS, repository, signal, colours, say, confirm });
      isInterrupted = signal.aborted;
      return found;
    });
    if (results === undefined) {
      say('Nothing was made.');
      return 1;
    }
    if (results.left.length > 0) throw new Stop(diagnose('ACC009', { left: results.left, run: results.run }), 3);
    return results.counts.failed === 0 && !isInterrupted ? 0 : 1;
  } finally {
    account.clients.destroy();
  }
}

/** A profile that is named counts for more than keys in the environment. */
function useProfile(profile: string): void {
  process.env.AWS_PROFILE = profile;
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete process.env[name];
}

async function confirm(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) throw new Stop(diagnose('ACC007', { question }), 2);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

/** Ctrl-C and SIGTERM end the check that runs; what was made is removed. A second one after a second ends at once. */
async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let first = 0;
  const onSignal = () => {
    if (stop.signal.aborted && Date.now() - first > 1000) process.exit(1);
    if (stop.signal.aborted) return;
    first = Date.now();
    process.stderr.write('Interrupted: what was made is removed.\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const said = error instanceof Stop ? error : stopOf(error);
  process.stderr.write(
    said === undefined
      ? `The acceptance suite failed in itself; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`
      : diagnosticsText(said.diagnostics),
  );
  process.exitCode = said?.exitCode ?? 3;
}

function stopOf(error: unknown): Stop | undefined {
  const said = awsDiagnostic(error);
  return said === undefined ? undefined : new Stop(said, 3);
}
