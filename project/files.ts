import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { positions } from '../asl/json/locate.ts';
import { type JsonSyntaxError, parseJson as parse } from '../asl/json/parse.ts';
import type { Json } from '../asl/json/value.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';

/** Writes a file whole or not at all, even if this process ends in between. */
export async function writeAtomically(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = join(dirname(file), `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, content, { flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

export function writeJson(file: string, value: unknown): Promise<void> {
  return writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`);
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

/** The text of a file that a command names; `-` is standard input. */
export async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw cannotRead(file, error as NodeJS.ErrnoException);
  }
}

export async function readJson(file: string): Promise<Json> {
  return parseJson(await readText(file), file);
}

/** The JSON in a text that was read from a file. */
export function parseJson(text: string, file: string): Json {
  try {
    return parse(text);
  } catch (error) {
    const { message, detail, offset } = error as JsonSyntaxError;
    // Standard input cannot be shown again.
    if (file === '-') throw new Stop(diagnose('SIM001', { file: nameOf(file), detail: message }));
    throw new Stop(diagnose('SIM001', { file, detail }, { place: { file, ...positions(text)(offset) } }));
  }
}

export function cannotRead(file: string, { code, message }: NodeJS.ErrnoException): Stop {
  return new Stop(diagnose('CLI001', { file: nameOf(file), detail: REASONS[code ?? ''] ?? message }));
}

export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
