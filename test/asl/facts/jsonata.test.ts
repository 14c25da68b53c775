import { describe, expect, it } from '@jest/globals';
import { evaluate } from './evaluate.ts';
import { FACTS, VARIABLES } from './jsonata-facts.ts';

describe.each(FACTS)('%s', (_sentence, cases) => {
  const twice = cases.flatMap(([expression, wanted]) => [
    [expression, wanted] as const,
    [`($never := 0; ${expression})`, wanted] as const,
  ]);
  it.each(twice)('%s', async (expression, wanted) => {
    const got = await evaluate(expression, VARIABLES);
    if ('fails' in wanted) expect(got).toEqual({ fails: expect.stringMatching(wanted.fails) });
    else expect(got).toEqual(wanted);
  });
});
