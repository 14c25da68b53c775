import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Finding } from '../asl/validate/validate.ts';
import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { type Diagnostic, withoutSecrets } from '../diagnostics/index.ts';

/** Diagnostics for a person: what is wrong, where, why it matters, what to do. Colours only on a terminal. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  colours: Colours = coloursFor(process.stderr),
): string {
  return diagnostics.map((diagnostic) => one(diagnostic, colours)).join('\n');
}

/** The same, a heading before those of each file where there are several. */
export function diagnosticsByFile(
  diagnostics: readonly Diagnostic[],
  colours: Colours = coloursFor(process.stderr),
): string {
  const byFile = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const file = diagnostic.place === undefined ? '' : relative('', diagnostic.place.file);
    byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
  }
  if (byFile.size < 2) return diagnosticsText(diagnostics, colours);
  const sorted = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted
    .map(
      ([file, own]) =>
        `${file === '' ? '' : `${colours.bold(file)}: ${counts(own)}\n\n`}${diagnosticsText(own, colours)}`,
    )
    .join('\n');
}

function one({ code, severity, message, why, remedy, place }: Diagnostic, colours: Colours): string {
  const head = `${(severity === 'error' ? colours.red : colours.yellow)(`${severity} ${code}`)}  ${message}`;
  const where = place ? `${colours.dim(`  at ${relative('', place.file)}:${place.line}:${place.column}`)}\n` : '';
  const source = place && textOf(place.file);
  const frame = place && source ? `${codeFrame(source, place.line, place.column)}\n` : '';
  return `${head}\n${where}${frame}  ${why}\n  ${colours.bold('→')} ${remedy}\n`;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A line of a text, or of its lines, with a caret under the place, and a line before it for company. Lines and columns count from 1. */
function codeFrame(text: string | readonly string[], line: number, column: number): string {
  const lines = typeof text === 'string' ? text.split('\n') : text;
  const width = String(line).length;
  const row = (number: number): string => {
    const { shown } = window(lines[number - 1] ?? '', column);
    return `  ${String(number).padStart(width)} │ ${shown}`;
  };
  const { shift } = window(lines[line - 1] ?? '', column);
  const caret = `  ${' '.repeat(width)} │ ${' '.repeat(column - 1 - shift)}^`;
  return [...(line > 1 ? [row(line - 1)] : []), row(line), caret].join('\n');
}

/** At most 100 characters around the column: a definition may be one line of a megabyte. */
const WIDTH = 100;
function window(text: string, column: number): { readonly shown: string; readonly shift: number } {
  const clean = withoutSecrets(text).replace(/\t/g, ' ').replace(/\r$/, '');
  const shift = column <= WIDTH ? 0 : column - WIDTH / 2;
  return { shown: clean.slice(shift, shift + WIDTH), shift };
}

export interface Checked {
  /** As it was given on the command line. */
  readonly file: string;
  readonly text: string;
  /** The state machines in it, where it holds definitions and is none itself. */
  readonly machines?: readonly string[];
  findings: readonly Finding[];
}

/** What was found, for a person: file by file, each finding with its frame, and where there are several files a sum. */
export function findingsText(checked: readonly Checked[], colours: Colours): string {
  const files = checked.map((one) => `${fileText(one, colours)}\n`).join('');
  return checked.length > 1 ? `${files}\n${sum(checked, colours)}\n` : files;
}

function fileText({ file, text, machines, findings }: Checked, colours: Colours): string {
  if (findings.length === 0) return `${file}: ${colours.green('valid')}${machinesText(machines)}`;
  const lines = text.split('\n');
  const all = findings.map((finding) => `\n${findingText(file, lines, finding, colours)}`);
  return [`${file}: ${counts(findings)}${machinesText(machines)}`, ...all].join('\n');
}

function machinesText(machines: readonly string[] = []): string {
  return machines.length === 0 ? '' : ` (${count(machines.length, 'state machine')}: ${machines.join(', ')})`;
}

function sum(checked: readonly Checked[], colours: Colours): string {
  const refused = checked.filter(({ findings }) => findings.some(isError)).length;
  const valid = `${checked.length - refused} valid`;
  const invalid = `${refused} not`;
  const found = counts(checked.flatMap(({ findings }) => findings));
  const words = [colours.green(valid), refused === 0 ? '' : colours.red(invalid)].filter((one) => one !== '');
  return `${checked.length} files: ${words.join(', ')}${found === '' ? '' : ` (${found})`}`;
}

function counts(findings: readonly Pick<Finding, 'severity'>[]): string {
  const errors = findings.filter(isError).length;
  return [count(errors, 'error'), count(findings.length - errors, 'warning')].filter((one) => one !== '').join(', ');
}

function count(n: number, what: string): string {
  return n === 0 ? '' : `${n} ${what}${n === 1 ? '' : 's'}`;
}

function findingText(file: string, lines: readonly string[], finding: Finding, colours: Colours): string {
  const { code, severity, machine = '', path, line, column, message, remedy } = finding;
  const place = [machine, path].filter((one) => one !== '').join(' ');
  const head = (severity === 'error' ? colours.red : colours.yellow)(`${severity} ${code}`);
  return [
    `${head} ${file}:${line}:${column}${place === '' ? '' : ` ${colours.dim(place)}`}`,
    // Of a file that is too large, nothing was read.
    ...(lines.length === 1 && lines[0] === '' ? [] : [codeFrame(lines, line, column)]),
    `  ${message}`,
    `  ${remedy}`,
  ].join('\n');
}
