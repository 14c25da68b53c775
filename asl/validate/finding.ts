import { type Buffer, isUtf8 } from 'node:buffer';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { positions } from '../json/locate.ts';
import { LIMITS } from '../language/limits.ts';

/** A diagnostic of the validator with its place in the document: a JSON pointer, and line and column counted from 1. */
export type Finding = Diagnostic & {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** In a document with several state machines: the one that it is about. `path` is relative to its definition. */
  readonly machine?: string;
};

export type Positions = ReturnType<typeof positions>;

/** Nothing of this size is a definition with a small fault, and reading it would only take memory. */
export const READ_BYTES = 8 * LIMITS.definitionBytes;

/** The finding that a document of so many bytes is too large, if it is. */
export function sizeFindings(bytes: number): Finding[] {
  if (bytes <= LIMITS.definitionBytes) return [];
  return [
    { ...diagnose('ASL003', { bytes, most: LIMITS.definitionBytes }, { path: '' }), path: '', line: 1, column: 1 },
  ];
}

/** Findings in the order of the text. */
export function byPlace(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

/** The text of a file, and a finding if its bytes are not UTF-8. */
export function decode(bytes: Buffer): { readonly text: string; readonly findings: readonly Finding[] } {
  if (isUtf8(bytes)) return { text: bytes.toString(), findings: [] };
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const text = wide && bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString();
  const offset = wide ? 0 : Math.max(0, text.indexOf('\ufffd'));
  const detail = wide ? 'it is UTF-16' : 'there are bytes in it that are none';
  return {
    text,
    findings: [{ ...diagnose('ASL007', { detail }, { path: '' }), path: '', ...positions(text)(offset) }],
  };
}
