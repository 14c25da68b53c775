import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sized } from '../sized.ts';
import { tell } from './airflow.ts';
import { runStory } from './run-story.ts';
import { type Mix, PLAIN, stories } from './stories.ts';
import { callsOf, GUARDED, idOf } from './values.ts';

test.each<[string, Mix]>([
  ['', { ...PLAIN, setups: 3 }],
  [', and tasks read what others answered', { ...PLAIN, setups: 3, reads: 7 }],
])(
  'failFast: the first failure ends the run, and what was set up is torn down%s',
  async (_, mix) => {
    await fc.assert(
      fc.asyncProperty(stories(8, mix), async (story) => {
        const told = tell(story);
        const isTeardown = (i: number) => story.tasks[i]!.kind === 'teardown';
        const breaks = told.ran.some((i) => story.tasks[i]!.outcome === 'failed' && !isTeardown(i));
        const { ran, failed, calls, error } = await runStory({ ...story, failFast: true });
        expect(failed).toBe(breaks || told.failed);
        if (!breaks) expect(ran).toEqual(told.ran);
        expect(told.ran).toEqual(expect.arrayContaining(ran.filter((i) => !isTeardown(i))));
        for (const [i, { deps }] of story.tasks.entries()) {
          const made = deps.some(
            (d) => story.tasks[d]!.kind === 'setup' && ran.includes(d) && story.tasks[d]!.outcome === 'success',
          );
          if (isTeardown(i) && made) expect(ran).toContain(i);
        }
        expect(error === undefined || error.startsWith('Boom.')).toBe(true);
        // What a failure stopped beside it may have answered or not: only then can a teardown be given less than without failFast.
        const given = callsOf(story, told);
        for (const i of ran) {
          const id = idOf(story, i);
          for (const [k, { form }] of (story.tasks[i]!.reads ?? []).entries())
            if (!breaks || !isTeardown(i) || !(form in GUARDED))
              expect((calls[id] as unknown[])[k]).toEqual(given[id]![k]);
        }
      }),
      { numRuns: sized(25, 600) },
    );
  },
  3_000_000,
);
