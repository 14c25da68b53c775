import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Account } from './account.ts';
import type { Belonging } from './belongings/belonging.ts';
import { findBelongings, removeBelongings, titleOf } from './belongings/sweep.ts';
import { isUnderWay, readJournal } from './journal.ts';

export interface CleanOptions {
  readonly account: Account;
  /** Of this run alone, also where it seems to be under way. */
  readonly run?: string;
  readonly yes: boolean;
  readonly say: (text: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
}

/**
 * Lists what runs have left, asks, and removes it. A run that is under way is left alone unless it is named.
 * @returns whether all of it was removed
 * @throws Stop where something stays
 */
export async function clean({ account, run, yes, say, confirm }: CleanOptions): Promise<boolean> {
  const { belongings, unasked } = await findBelongings(account, run);
  const byRun = new Map<string, Belonging[]>();
  for (const one of belongings) byRun.set(one.run, [...(byRun.get(one.run) ?? []), one]);
  for (const [name, all] of [...byRun]) {
    const journal = await readJournal(account, name);
    if (run === undefined && journal !== undefined && isUnderWay(journal)) {
      say(
        `${name} is under way since ${journal.started} (process ${journal.process.pid} on ${journal.process.host}): it is left alone.`,
      );
      byRun.delete(name);
      continue;
    }
    const since = journal === undefined ? '' : `, begun ${journal.started}`;
    say(`${name}${since}:\n${all.map((one) => `  - ${titleOf(one)}`).join('\n')}`);
  }
  for (const what of unasked) say(`Not asked: ${what}`);
  if (byRun.size === 0) {
    say(`Nothing of ${run ?? 'any run'} is left in ${account.region}.`);
    if (unasked.length > 0) throw new Stop(diagnose('ACC009', { left: unasked, run: run ?? 'dwa-…' }), 3);
    return true;
  }
  if (!yes && !(await confirm('Remove all of it?'))) return false;
  for (const name of byRun.keys()) {
    const { removed, left } = await removeBelongings(account, name, true, say);
    if (left.length > 0) throw new Stop(diagnose('ACC009', { left, run: name }), 3);
    say(`${name}: ${removed.length} removed, nothing is left.`);
  }
  return true;
}
