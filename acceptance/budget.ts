import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Check } from './check.ts';

/** What the checks may cost together at most, in US dollars. */
export function mostOf(checks: readonly Pick<Check, 'most'>[]): number {
  return checks.reduce((sum, { most }) => sum + most, 0);
}

/** @throws Stop if the chosen checks may cost more than the budget */
export function keepWithin(budget: number, checks: readonly Check[]): void {
  const most = mostOf(checks);
  if (most <= budget) return;
  const dear = checks.filter((check) => check.most > 0).sort((a, b) => b.most - a.most);
  const fitting: Check[] = [];
  for (const check of [...checks].sort((a, b) => a.most - b.most))
    if (mostOf([...fitting, check]) <= budget) fitting.push(check);
  throw new Stop(
    diagnose('ACC003', {
      budget: dollars(budget),
      most: dollars(most),
      checks: dear.map((check) => `${check.number} ${check.name} ${dollars(check.most)}`),
      fitting: fitting.map(({ number }) => number).sort((a, b) => a - b),
    }),
  );
}

/**
 * An amount as a person reads it.
 * @example
 * dollars(0.075) // '$0.08'
 */
export function dollars(amount: number): string {
  return `$${(Math.ceil(amount * 100 - 1e-9) / 100).toFixed(2)}`;
}
