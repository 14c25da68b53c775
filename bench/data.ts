import fc from 'fast-check';
import { compare, isSame } from '../test/oracle/agrees.ts';
import type { Story } from '../test/oracle/airflow.ts';
import { type CompiledStory, compileStory } from '../test/oracle/run-story.ts';
import { DATA, type Mix, PLAIN, stories } from '../test/oracle/stories.ts';
import { withOutcomes } from '../test/oracle/values.ts';
import { table } from './measurement.ts';

/** With how many outcomes of its tasks a DAG is tried; a small one has fewer. */
const OUTCOMES = 8;

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
    const found = { dags: 0, pairs: 0, reads: 0, refused: 0, different: 0, failed: 0 };
    // Small DAGs have fewer outcomes: some more DAGs than would do.
    for (const story of fc.sample(stories(most, mix), { numRuns: Math.ceil((1.5 * pairs) / OUTCOMES), seed })) {
      if (found.pairs >= pairs) break;
      found.dags++;
      found.reads += readsOf(story);
      const compiled = compiledOf(story);
      if (compiled === undefined) {
        found.refused++;
        wrong.push(JSON.stringify(story));
        continue;
      }
      for (const one of withOutcomes(story, Math.min(OUTCOMES, pairs - found.pairs))) {
        found.pairs++;
        const compared = await compare(one, compiled);
        if (compared.told.failed) found.failed++;
        if (isSame(compared)) continue;
        found.different++;
        wrong.push(JSON.stringify(one));
      }
    }
    rows.push([
      name,
      String(found.dags),
      String(found.pairs),
      String(found.reads),
      String(found.refused),
      String(found.different),
      `${Math.round((100 * found.failed) / found.pairs)} %`,
    ]);
  }
  const examples = wrong.slice(0, 3).map((story) => `\n\nRefused or different: \`${story}\``);
  return `${table(['DAGs with', 'DAGs', 'pairs', 'reads', 'refused', 'differences', 'runs that fail'], rows)}${examples.join('')}`;
}

function compiledOf(story: Story): CompiledStory | undefined {
  try {
    return compileStory(story);
  } catch {
    return undefined;
  }
}

function readsOf({ tasks }: Story): number {
  return tasks.reduce((sum, { reads = [], by }) => sum + reads.length + (by ? 1 : 0), 0);
}
