import { test } from '@jest/globals';
import fc from 'fast-check';
import { sized } from '../sized.ts';
import { EVERYTHING, type Mix, PLAIN, stories } from './stories.ts';
import { agrees } from './tried.ts';

test.each<[string, number, number, Mix]>([
  ['plain', 10, sized(12, 200), PLAIN],
  ['trigger rules', 8, sized(15, 300), { ...PLAIN, rules: 3, skips: 1 }],
  ['branches', 8, sized(15, 300), { ...PLAIN, branches: 4, rules: 1, skips: 1 }],
  ['setups and teardowns', 8, sized(15, 300), { ...PLAIN, setups: 6, rules: 1, skips: 1 }],
  ['everything', 9, sized(25, 500), EVERYTHING],
])(
  '%s: DAGs of up to %i tasks',
  async (_, most, numRuns, mix) => {
    await fc.assert(fc.asyncProperty(stories(most, mix), agrees), { numRuns });
  },
  3_000_000,
);
