import { test } from '@jest/globals';
import fc from 'fast-check';
import { sized } from '../sized.ts';
import { DATA, type Mix, PLAIN, stories } from './stories.ts';
import { agrees } from './tried.ts';

/** What tasks answer, and what others are given of it. */
test.each<[string, number, number, Mix]>([
  ['plain', 9, sized(15, 500), { ...PLAIN, reads: 7 }],
  ['with rules and skips', 8, sized(15, 500), { ...PLAIN, rules: 3, skips: 1, reads: 7 }],
  ['with everything', 9, sized(25, 800), DATA],
])(
  '%s: DAGs of up to %i tasks',
  async (_, most, numRuns, mix) => {
    await fc.assert(fc.asyncProperty(stories(most, mix), agrees), { numRuns });
  },
  3_000_000,
);
