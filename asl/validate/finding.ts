import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { positions } from '../json/locate.ts';
import { LIMITS } from '../language/limits.ts';

/** One thing the validator says of a document, with its place: a JSON pointer, and line and column counted from 1. */
export type Finding = Diagnostic & {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** In a document that holds several: the state machine that it is about, and within which `path` counts. */
  readonly machine?: string;
};

export type Positions = ReturnType<typeof positions>;

/** Nothing of this size is a definition with a small fault, and reading it would only take memory. */
export const READ_BYTES = 8 * LIMITS.definitionBytes;

/** What is said of a document of so many bytes, where that is too many. */
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
