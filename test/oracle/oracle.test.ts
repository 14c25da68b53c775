import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Story, tell } from './airflow.ts';
import { runStory } from './run-story.ts';
import { EVERYTHING, type Mix, PLAIN, stories } from './stories.ts';

/** The compiled machine runs the same tasks as Airflow would, and ends the same way; so does its report. A difference shrinks to a small DAG. */
async function agrees(story: Story): Promise<void> {
  const told = tell(story);
  const { ran, ends, failed, cause } = await runStory(story);
  expect({ ran, failed }).toEqual({ ran: told.ran, failed: told.failed });
  // The report, which has only the history and the manifest, tells how each task ended, those that did not run too.
  expect(ends).toEqual(told.ends);
  if (!failed || !cause?.startsWith('[')) return;
  // What is recorded is the error of every task that failed; teardowns' only where something reads it.
  const named = (JSON.parse(cause) as { task: string }[])
    .map(({ task }) => Number(task.slice(1)))
    .sort((a, b) => a - b);
  const broken = story.tasks.flatMap(({ kind }, i) => (told.ends[i] === 'failed' && kind !== 'teardown' ? [i] : []));
  expect(named).toEqual(expect.arrayContaining(broken));
}

test.each<[string, number, number, Mix]>([
  ['plain', 10, 500, PLAIN],
  ['trigger rules', 8, 700, { ...PLAIN, rules: 3, skips: 1 }],
  ['branches', 8, 700, { ...PLAIN, branches: 4, rules: 1, skips: 1 }],
  ['setups and teardowns', 8, 700, { ...PLAIN, setups: 6, rules: 1, skips: 1 }],
  ['everything', 9, 1400, EVERYTHING],
])(
  '%s: DAGs of up to %i tasks',
  async (_, most, numRuns, mix) => {
    await fc.assert(fc.asyncProperty(stories(most, mix), agrees), { numRuns });
  },
  300_000,
);

test('failFast: the first failure ends the run, and what was set up is torn down', async () => {
  await fc.assert(
    fc.asyncProperty(stories(8, { ...PLAIN, setups: 3 }), async (story) => {
      const told = tell(story);
      const isTeardown = (i: number) => story.tasks[i]!.kind === 'teardown';
      const breaks = told.ran.some((i) => story.tasks[i]!.outcome === 'failed' && !isTeardown(i));
      const { ran, failed } = await runStory({ ...story, failFast: true });
      expect(failed).toBe(breaks || told.failed);
      if (!breaks) expect(ran).toEqual(told.ran);
      expect(told.ran).toEqual(expect.arrayContaining(ran.filter((i) => !isTeardown(i))));
      for (const [i, { deps }] of story.tasks.entries()) {
        const made = deps.some(
          (d) => story.tasks[d]!.kind === 'setup' && ran.includes(d) && story.tasks[d]!.outcome === 'success',
        );
        if (isTeardown(i) && made) expect(ran).toContain(i);
      }
    }),
    { numRuns: 500 },
  );
}, 120_000);
