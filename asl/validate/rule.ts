import { CATALOGUE, type Code, type Diagnostic, diagnose, type Severity } from '../../diagnostics/index.ts';
import type { Machine } from './machine.ts';

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
