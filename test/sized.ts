import { describe, test } from '@jest/globals';

/**
 * Whether everything is tried (`npm run test:all`), or a part of it that is the same at each run (`npm test`). A file of which nothing
 * is tried by `npm test` is called `*.all.test.ts`.
 */
export const ALL = Boolean(process.env.DAGWRIGHT_TEST_ALL);

/** How many cases of a kind a test tries: in `npm test`, and in `npm run test:all`. */
export function sized(part: number, whole: number): number {
  return ALL ? whole : part;
}

/** A test that `npm run test:all` alone runs, as it takes seconds, and a quicker one fails where what it shows is broken for everybody. */
export const testOfAll = ALL ? test : test.skip;

/** The same of a group of tests. */
export const describeOfAll = ALL ? describe : describe.skip;
