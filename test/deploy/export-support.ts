import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

export function run(program: string, args: readonly string[], cwd: string, input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    // Jest's process.env is its own.
    const child = execFile(
      program,
      [...args],
      { cwd, env: { ...process.env }, maxBuffer: 64 << 20 },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

/** A program on PATH; no registry has it, so that tests which need it are skipped without it. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** The files below a folder, by path. */
export async function filesIn(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(file.slice(folder.length + 1), await readFile(file, 'utf8'));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
