import { awsDiagnostic } from '../../aws/errors.ts';
import type { Account } from '../account.ts';
import { answered } from '../patience.ts';
import { missingOperation } from '../verdict.ts';
import { type Belonging, type Found, KINDS } from './belonging.ts';
import { DEPLOYED_KINDS, deployed } from './deployed.ts';
import { clusters, crawlers, databases, jobs } from './made-by-runs.ts';
import { buckets, objects } from './stored.ts';

/**
 * Everything that runs of the suite have left in the account, in the order in which it is to go. What an endpoint does not have is
 * passed over; what the caller may not list is said.
 * @param run only of this run
 */
export async function findBelongings(account: Account, run?: string): Promise<Found> {
  const unasked: string[] = [];
  const ask = async (what: string, work: Promise<readonly Belonging[]>): Promise<readonly Belonging[]> => {
    try {
      return await work;
    } catch (error) {
      if (missingOperation(error) !== undefined && !account.isAws) return [];
      const said = awsDiagnostic(error);
      if (said === undefined && missingOperation(error) === undefined) throw error;
      unasked.push(`${what}: ${said?.message ?? missingOperation(error)}`);
      return [];
    }
  };
  const found = await Promise.all([
    ...DEPLOYED_KINDS.map((kind) => ask(`${kind}s`, deployed(account, kind))),
    ask('clusters', clusters(account)),
    ask('crawlers', crawlers(account)),
    ask('jobs', jobs(account)),
    ask('databases', databases(account)),
    ask('buckets', buckets(account)),
    ask('objects', objects(account)),
  ]);
  const belongings = found
    .flat()
    .filter((one) => run === undefined || one.run === run)
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
  return { belongings, unasked };
}

export interface Removed {
  readonly removed: readonly string[];
  /** What is still there, with the reason where AWS said one. */
  readonly left: readonly string[];
}

/** How often what is left is looked for again: a listing may lag, and one thing may need that another is gone. */
const ROUNDS = 3;

/**
 * Removes what runs have left, and looks again whether anything is left. The journal goes only when nothing else is, so that a removal
 * that was cut off is found and gone on with.
 * @param withJournal whether the run is over
 */
export async function removeBelongings(
  account: Account,
  run: string,
  withJournal: boolean,
  say: (text: string) => void,
): Promise<Removed> {
  const removed = new Set<string>();
  const reasons = new Map<string, string>();
  const look = async () => {
    const { belongings, unasked } = await findBelongings(account, run);
    const journal = belongings.filter(({ kind }) => kind === 'journal');
    const others = belongings.filter(({ kind }) => kind !== 'journal');
    if (others.length === 0 && unasked.length === 0 && withJournal) for (const one of journal) await one.remove();
    const titles = others.map(titleOf);
    const left = titles.map((title) => (reasons.has(title) ? `${title} (${reasons.get(title)})` : title));
    return { others, answer: { removed: [...removed], left: [...left, ...unasked.map(notLookedFor)] } };
  };
  const removeAll = async (): Promise<Removed | undefined> => {
    const { others, answer } = await look();
    if (others.length === 0) return answer;
    for (const one of others) {
      say(`  remove ${titleOf(one)}`);
      try {
        await one.remove();
        removed.add(titleOf(one));
      } catch (error) {
        reasons.set(titleOf(one), awsDiagnostic(error)?.message ?? (error as Error).message);
      }
    }
    return undefined;
  };
  const cleared = await answered(removeAll, { times: ROUNDS, everyMs: account.isAws ? 10_000 : 100 });
  return cleared ?? (await look()).answer;
}

function notLookedFor(what: string): string {
  return `not looked for: ${what}`;
}

export function titleOf({ kind, name }: Pick<Belonging, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
