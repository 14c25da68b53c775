import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Colours, coloursFor } from '../diagnostics/colours.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { codeFrame } from './code-frame.ts';

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
        `${file === '' ? '' : `${colours.bold(file)}: ${counted(own)}\n\n`}${diagnosticsText(own, colours)}`,
    )
    .join('\n');
}

function counted(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const parts = [
    [errors, 'error'],
    [diagnostics.length - errors, 'warning'],
  ] as const;
  return parts.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}${n === 1 ? '' : 's'}`])).join(', ');
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
