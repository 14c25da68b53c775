import type { Machine } from '../machine.ts';
import type { Report } from '../report.ts';

export interface RuleOptions {
  readonly express: boolean;
}

/** One check of the whole machine, in one pass over its index. */
export interface Rule {
  /** What it is for, in one line. */
  readonly purpose: string;
  readonly check: (machine: Machine, report: Report, options: RuleOptions) => void;
}
