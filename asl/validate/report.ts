import type { Diagnostic } from '../../diagnostics/index.ts';
import { type Code, diagnose } from '../../diagnostics/index.ts';

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

/** Says that something is wrong at a JSON pointer. */
export type Report = <C extends Code>(
  code: C,
  args: Parameters<typeof diagnose<C>>[1],
  path: string,
  mark?: Mark,
) => void;

/** A document with more than this is broken throughout: the rest helps nobody. */
export const MAX_FINDINGS = 1_000;

/** Collects what the rules report. */
export class Reports {
  readonly all: Reported[] = [];

  readonly report: Report = (code, args, path, mark = {}) => {
    if (this.all.length < MAX_FINDINGS) this.all.push({ diagnostic: diagnose(code, args, { path }), path, ...mark });
    else if (this.all.length === MAX_FINDINGS)
      this.all.push({ diagnostic: diagnose('ASL004', { most: MAX_FINDINGS }, { path: '' }), path: '' });
  };
}
