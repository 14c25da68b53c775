import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import pc from 'picocolors';
import type { Diagnostic } from '../diagnostics/index.ts';
import { codeFrame } from './code-frame.ts';

/** Diagnostics for a person: what is wrong, where, why it matters, what to do. Colours only on a terminal. */
export function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(one).join('\n');
}

function one({ code, severity, message, why, remedy, place }: Diagnostic): string {
  const head = `${(severity === 'error' ? pc.red : pc.yellow)(`${severity} ${code}`)}  ${message}`;
  const where = place ? `${pc.dim(`  at ${relative('', place.file)}:${place.line}:${place.column}`)}\n` : '';
  const source = place && textOf(place.file);
  const frame = place && source ? `${codeFrame(source, place.line, place.column)}\n` : '';
  return `${head}\n${where}${frame}  ${why}\n  ${pc.bold('→')} ${remedy}\n`;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
