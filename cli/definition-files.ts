import { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';
import { READ_BYTES } from '../asl/validate/finding.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';

export interface DefinitionFile {
  /** As it was given on the command line. */
  readonly file: string;
  /** The whole of it, or its beginning where it is larger than anything that is read. */
  readonly bytes: Buffer;
  /** How large it is; of standard input, at least. */
  readonly size: number;
}

/** Reads every file (`-`: standard input), and only then complains of those that cannot be read, all at once. */
export async function readDefinitions(files: readonly string[]): Promise<DefinitionFile[]> {
  const unreadable: Diagnostic[] = [];
  const all: DefinitionFile[] = [];
  let stdin: Promise<DefinitionFile> | undefined;
  for (const file of files) {
    try {
      if (file === '-') stdin ??= readInput();
      all.push(await (file === '-' ? stdin! : readDefinition(file)));
    } catch (error) {
      unreadable.push(diagnose('CLI001', { file, detail: whyUnreadable(error) }));
    }
  }
  if (unreadable.length > 0) throw new Stop(unreadable);
  return all;
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name its files, as folder/*.asl.json',
  EACCES: 'it may not be read',
};

/** Why a file could not be read, as the end of a sentence. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}

/** Nothing over the limit is read: what is said of it is its size. */
export async function readDefinition(file: string): Promise<DefinitionFile> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return { file, size, bytes: size > READ_BYTES ? Buffer.alloc(0) : await handle.readFile() };
  } finally {
    await handle.close();
  }
}

async function readInput(): Promise<DefinitionFile> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    chunks.push(bytes);
    if (size > READ_BYTES) break;
  }
  return { file: '-', size, bytes: size > READ_BYTES ? Buffer.alloc(0) : Buffer.concat(chunks) };
}
