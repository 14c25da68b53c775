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
