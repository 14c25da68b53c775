import fc from 'fast-check';
import { tell } from '../test/oracle/airflow.ts';
import { runStory } from '../test/oracle/run-story.ts';
import { EVERYTHING, type Mix, PLAIN, stories } from '../test/oracle/stories.ts';
import { table } from './measurement.ts';

/** Random DAGs and outcomes: the compiled machine against the oracle of Airflow's semantics. */
const MIXES: readonly { readonly name: string; readonly most: number; readonly pairs: number; readonly mix: Mix }[] = [
  { name: 'plain', most: 12, pairs: 3000, mix: PLAIN },
  { name: 'trigger rules', most: 10, pairs: 4000, mix: { ...PLAIN, rules: 3, skips: 1 } },
  { name: 'branches and short circuits', most: 10, pairs: 4000, mix: { ...PLAIN, branches: 4, rules: 1, skips: 1 } },
  { name: 'setups and teardowns', most: 10, pairs: 4000, mix: { ...PLAIN, setups: 6, rules: 1, skips: 1 } },
  { name: 'everything', most: 12, pairs: 6000, mix: EVERYTHING },
];

export async function semantics(seed: number): Promise<string> {
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const { name, most, pairs, mix } of MIXES) {
    const found = { same: 0, tasks: 0, states: 0, failed: 0 };
    for (const story of fc.sample(stories(most, mix), { numRuns: pairs, seed })) {
      const told = tell(story);
      const { ran, failed, machine } = await runStory(story);
      const isSame = failed === told.failed && ran.join() === told.ran.join();
      if (isSame) found.same++;
      else wrong.push(JSON.stringify(story));
      found.tasks += story.tasks.length;
      found.states += machine.match(/"Type": "/g)?.length ?? 0;
      if (failed) found.failed++;
    }
    const perTask = (found.states / found.tasks).toFixed(2);
    rows.push([
      name,
      String(pairs),
      String(pairs - found.same),
      `${Math.round((100 * found.failed) / pairs)} %`,
      perTask,
    ]);
  }
  const differences = wrong.slice(0, 3).map((story) => `\n\nDifferent: \`${story}\``);
  return `${table(['DAGs with', 'pairs', 'differences', 'runs that fail', 'states a task'], rows)}${differences.join('')}`;
}
