import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Document, DocumentOptions, Format, NamedFile } from '../asl/validate/embedded/document.ts';
import { byPlace, type Finding, sizeFindings } from '../asl/validate/finding.ts';
import { diagnose } from '../diagnostics/index.ts';
import { type DefinitionFile, readDefinition, whyUnreadable } from './definition-files.ts';
import type { Checked } from './findings-text.ts';

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
