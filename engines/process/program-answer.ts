import { type ExecFileOptions, execFile } from 'node:child_process';
import { diagnose, Stop } from '../../diagnostics/index.ts';

export interface AskOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What a program said of itself, or why it said nothing; undefined where there is no such program. */
export type ProgramAnswer =
  | { readonly stdout: string; readonly stderr: string }
  | { readonly failed: string }
  | undefined;

/** After so long it is said that a program is being waited for. */
const SLOW_MS = 30_000;

/**
 * Asks a program that ends by itself about itself. There is no time limit: on a busy machine, and behind a shim that chooses among
 * versions, an answer may take any time, and a program that is slow is there. That it is waited for is said, and who stops the command
 * waits no longer.
 * @throws Stop where the command was stopped meanwhile
 */
export async function askProgram(
  program: string,
  args: readonly string[],
  { env, signal, onProgress }: AskOptions,
): Promise<ProgramAnswer> {
  const slow = setInterval(() => onProgress?.(`Waiting for ${program} to say which version it is`), SLOW_MS);
  const answer = await answerOf(program, args, { env, ...(signal && { signal }) }).finally(() => clearInterval(slow));
  if (signal?.aborted) throw new Stop(diagnose('RUN027', {}), 1);
  return answer;
}

function answerOf(program: string, args: readonly string[], options: ExecFileOptions): Promise<ProgramAnswer> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) return resolve({ stdout, stderr });
      if (error.code === 'ENOENT') return resolve(undefined);
      const last = stderr.trim().split(/\r?\n/).at(-1);
      const how =
        typeof error.code === 'number' ? `ended with ${error.code}` : `did not run (${error.code ?? error.signal})`;
      resolve({ failed: `${how}${last ? `: ${last}` : ''}` });
    });
    // A shim that asks its user is told that nobody answers.
    child.stdin?.on('error', () => {}).end();
  });
}
