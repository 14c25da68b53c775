import { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Document, DocumentOptions, Format, NamedFile } from '../asl/validate/embedded/document.ts';
import { byPlace, type Finding, READ_BYTES, sizeFindings } from '../asl/validate/finding.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Checked } from './diagnostics-text.ts';

/**
 * Checks files, and behind each the files that it names definitions in, from its own folder. What is named several times,
 * or on the command line as well, is shown once, checked as each document says that names it.
 */
export async function checkDocuments(files: readonly DefinitionFile[], options: DocumentOptions): Promise<Checked[]> {
  const named = new Map<string, Checked>();
  const groups: Checked[][] = [];
  for (const file of files) {
    const own = await check(file, options);
    groups.push([own.checked, ...(await follow(own, named))]);
  }
  return groups.flatMap(([first, ...rest]) =>
    first!.machines === undefined && named.has(pathOf(first!.file)) ? rest : [first!, ...rest],
  );
}

interface Opened {
  readonly checked: Checked;
  readonly files: readonly NamedFile[];
}

/** Follows the files that a document names; those that cannot be read are said where they are named. */
async function follow({ checked, files }: Opened, named: Map<string, Checked>): Promise<Checked[]> {
  const all: Checked[] = [];
  for (const { file, inside, otherwise, machine, express, fills, at } of files) {
    const shown = isAbsolute(file) ? file : join(checked.file === '-' ? '.' : dirname(checked.file), file);
    const found = await readDefinition(shown).catch((error: unknown) => whyUnreadable(error));
    if (typeof found === 'string') {
      const lost =
        otherwise === undefined
          ? diagnose('ASL105', { machine, file: shown, detail: found }, { path: '' })
          : diagnose('ASL106', { machine, where: otherwise }, { path: '' });
      add(checked, [{ ...lost, path: '', machine, ...at }]);
      continue;
    }
    const opened = await check(found, { express, inside, named: { machine, fills } });
    const before = named.get(pathOf(shown));
    if (before !== undefined) {
      add(before, opened.checked.findings);
      continue;
    }
    named.set(pathOf(shown), opened.checked);
    all.push(opened.checked, ...(await follow(opened, named)));
  }
  return all;
}

/** Adds what is not said yet. */
function add(checked: Checked, findings: readonly Finding[]): void {
  const key = ({ code, line, column, message }: Finding): string => `${code} ${line}:${column} ${message}`;
  const said = new Set(checked.findings.map(key));
  checked.findings = [...checked.findings, ...findings.filter((one) => !said.has(key(one)))].sort(byPlace);
}

function pathOf(file: string): string {
  return file === '-' ? '-' : resolve(file);
}

async function check({ file, bytes, size }: DefinitionFile, options: DocumentOptions): Promise<Opened> {
  const opened = (text: string, { findings, machines, files }: Document): Opened => ({
    checked: { file, text, findings, ...(machines !== undefined && { machines }) },
    files,
  });
  if (bytes.length === 0 && size > 0) return opened('', { findings: sizeFindings(size), files: [] });
  const { decode } = await import('../asl/validate/finding.ts');
  const { text, findings } = decode(bytes);
  if (findings.length > 0) return opened(text, { findings, files: [] });
  const { checkDocument } = await import('../asl/validate/embedded/document.ts');
  return opened(text, checkDocument(text, formatOf(file, text), options));
}

/** What a file is written in, by its name; where the name does not say, JSON begins with a bracket and YAML does not. */
function formatOf(file: string, text: string): Format {
  if (/\.ya?ml$/i.test(file)) return 'yaml';
  if (/\.tf$/i.test(file)) return 'terraform';
  const isJson = /^[\s\ufeff]*(?:[{["]|$)/.test(text);
  if (/\.(?:tftpl|tpl|tmpl)$/i.test(file)) return isJson ? 'template' : 'yaml';
  return /\.(?:template|txt)$|^-$/i.test(file) && !isJson ? 'yaml' : 'json';
}

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
function whyUnreadable(error: unknown): string {
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
