import { join } from 'node:path';
import type { Caller } from '../aws/caller.ts';
import { writeJson } from '../project/files.ts';
import { blanked } from './blank.ts';
import type { Check } from './check.ts';
import type { Part, Verdict } from './verdict.ts';

/** An answer of AWS or of a command, as it was kept. */
export interface Answer {
  readonly what: string;
  readonly answer: unknown;
}

export interface CheckResult {
  readonly number: number;
  readonly name: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Why it failed or was not run: of its parts, those that did not pass. */
  readonly reason?: string;
  readonly seconds: number;
  /** In US dollars. */
  readonly most: number;
  readonly parts: readonly Part[];
  readonly answers: readonly Answer[];
}

/** What a run of the suite found, as docs/acceptance.md and results.schema.json have it. */
export interface Results {
  readonly resultsVersion: 1;
  readonly run: string;
  readonly dagwright: string;
  readonly partition: string;
  readonly region: string;
  /** `aws`, or another endpoint, of which nothing follows for AWS. */
  readonly endpoint: 'aws' | 'another';
  readonly started: string;
  readonly ended: string;
  /** In US dollars. */
  readonly budget: number;
  readonly most: number;
  readonly counts: { readonly passed: number; readonly failed: number; readonly notRun: number };
  readonly checks: readonly CheckResult[];
  /** What could not be removed. */
  readonly left: readonly string[];
}

export type Header = Pick<
  Results,
  'run' | 'dagwright' | 'partition' | 'region' | 'endpoint' | 'started' | 'budget' | 'most'
>;

/**
 * The results of all checks: those that were not chosen, or not come to, are counted as not run.
 */
export function resultsOf(
  header: Header,
  all: readonly Check[],
  done: ReadonlyMap<number, CheckResult>,
  whyNot: (check: Check) => string,
  left: readonly string[],
): Results {
  const checks = all.map((check) => {
    const { number, name, title, most } = check;
    const not = { verdict: 'not run' as const, reason: whyNot(check), seconds: 0, parts: [], answers: [] };
    return done.get(number) ?? { number, name, title, most, ...not };
  });
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  return {
    resultsVersion: 1,
    ...header,
    ended: new Date().toISOString(),
    counts: { passed: count('passed'), failed: count('failed'), notRun: count('not run') },
    checks,
    left,
  };
}

/** Writes results where account numbers and names stand no more. */
export async function writeResults(file: string, results: Results, caller: Caller): Promise<void> {
  await writeJson(file, blanked(results, caller));
}

export function resultsFile(folder: string): string {
  return join(folder, 'results.json');
}
