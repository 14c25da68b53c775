import fc from 'fast-check';
import { compare, isSame } from '../test/oracle/agrees.ts';
import type { Story } from '../test/oracle/airflow.ts';
import { DATA, type Mix, PLAIN, stories } from '../test/oracle/stories.ts';
import { table } from './table.ts';

/** Random DAGs whose tasks read each other's answers: the compiled machine against the oracles of Airflow's semantics and of values. */
const MIXES: readonly { readonly name: string; readonly most: number; readonly pairs: number; readonly mix: Mix }[] = [
  { name: 'plain', most: 12, pairs: 4000, mix: { ...PLAIN, reads: 7 } },
  { name: 'trigger rules', most: 10, pairs: 4000, mix: { ...PLAIN, rules: 3, skips: 1, reads: 7 } },
  {
    name: 'branches and short circuits',
    most: 10,
    pairs: 4000,
    mix: { ...PLAIN, branches: 4, rules: 1, skips: 1, reads: 7 },
  },
  { name: 'setups and teardowns', most: 10, pairs: 4000, mix: { ...PLAIN, setups: 6, rules: 1, skips: 1, reads: 7 } },
  { name: 'everything', most: 12, pairs: 4000, mix: DATA },
];

export async function data(seed: number): Promise<string> {
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const { name, most, pairs, mix } of MIXES) {
    const found = { reads: 0, refused: 0, different: 0, failed: 0 };
    for (const story of fc.sample(stories(most, mix), { numRuns: pairs, seed })) {
      found.reads += readsOf(story);
      try {
        const compared = await compare(story);
        if (compared.told.failed) found.failed++;
        if (isSame(compared)) continue;
        found.different++;
      } catch {
        found.refused++;
      }
      wrong.push(JSON.stringify(story));
    }
    rows.push([
      name,
      String(pairs),
      String(found.reads),
      String(found.refused),
      String(found.different),
      `${Math.round((100 * found.failed) / pairs)} %`,
    ]);
  }
  const examples = wrong.slice(0, 3).map((story) => `\n\nRefused or different: \`${story}\``);
  return `${table(['DAGs with', 'pairs', 'reads', 'refused', 'differences', 'runs that fail'], rows)}${examples.join('')}`;
}

function readsOf({ tasks }: Story): number {
  return tasks.reduce((sum, { reads = [], by }) => sum + reads.length + (by ? 1 : 0), 0);
}
