import { type Buffer, isUtf8 } from 'node:buffer';
import { CATALOGUE, type Code, type Diagnostic, diagnose, type Severity } from '../../diagnostics/index.ts';
import { positions } from '../json/locate.ts';
import { LIMITS } from '../language/limits.ts';
import type { Machine } from './machine.ts';

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

export interface Mark {
  /** Marks the key and not the value: what is wrong is that the field is there. */
  readonly onKey?: boolean;
  /** Marks a character within a string value, counted in UTF-16 units of the string. */
  readonly within?: number;
}
export interface Reported extends Mark {
  readonly diagnostic: Diagnostic;
  readonly path: string;
}

type ArgsOf<C extends Code> = Parameters<typeof diagnose<C>>[1];

/**
 * Reports a fault at a JSON pointer. Arguments that take work to find are given as a function, which is
 * not called for what is not kept.
 */
export type Report = <C extends Code>(code: C, args: ArgsOf<C> | (() => ArgsOf<C>), path: string, mark?: Mark) => void;

/** Errors, and warnings, that are reported of a document at most: more would not help. */
export const MAX_FINDINGS = 1_000;

/** Collects the reports of the rules. Warnings never displace an error. */
export class Reports {
  readonly all: Reported[] = [];
  private readonly counts: Record<Severity, number> = { error: 0, warning: 0 };

  readonly report: Report = <C extends Code>(
    code: C,
    args: ArgsOf<C> | (() => ArgsOf<C>),
    path: string,
    mark: Mark = {},
  ) => {
    const { severity } = CATALOGUE[code];
    this.counts[severity] += 1;
    if (this.counts[severity] > MAX_FINDINGS) return;
    const known = typeof args === 'function' ? (args as () => ArgsOf<C>)() : args;
    this.all.push({ diagnostic: diagnose(code, known, { path }), path, ...mark });
  };

  /** The reports that were kept, with a note where there were more. */
  finish(): readonly Reported[] {
    const left = Object.values(this.counts).some((count) => count > MAX_FINDINGS);
    const more = { diagnostic: diagnose('ASL004', { most: MAX_FINDINGS }, { path: '' }), path: '' };
    return left ? [more, ...this.all] : this.all;
  }
}

export interface RuleOptions {
  readonly express: boolean;
}

/** One check of the whole machine, in one pass over its index. */
export interface Rule {
  /** What it is for, in one line. */
  readonly purpose: string;
  readonly check: (machine: Machine, report: Report, options: RuleOptions) => void;
}
