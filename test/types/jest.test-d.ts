/// <reference types="jest" />
import { expect as jestExpect } from '@jest/globals';
import { simulate } from 'dagwright/jest';

/** Checked by `tsc` alone: nothing here runs. `@ts-expect-error` is an error itself where there is none. */
const run = await simulate({ StartAt: 'a', States: {} }, { mocks: { a: [{ Return: 1 }, { Throw: { Error: 'E' } }] } });
jestExpect(run).toHaveRunInOrder('a', 'b');
jestExpect(run).not.toHaveFailedWith({ error: /E/ });
expect(run).toHaveTaskState('a', 'skipped');

// @ts-expect-error a name is a text
jestExpect(run).toHaveRun(1);
// @ts-expect-error the global one too
expect(run).toHaveRunTimes('a');
// @ts-expect-error no such state of a task
jestExpect(run).toHaveTaskState('a', 'succeeded');
// @ts-expect-error no such matcher
jestExpect(run).toHaveRunn('a');
// @ts-expect-error neither a return nor a throw
await simulate('dist/x', { mocks: { a: { Answer: 1 } } });
// @ts-expect-error a number is no machine
await simulate(1);
