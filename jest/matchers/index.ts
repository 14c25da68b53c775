import type { DagwrightMatchers } from '../matcher-types.ts';
import { toHaveFailed, toHaveFailedWith, toHaveSucceeded, toHaveTakenSeconds } from './outcome.ts';
import {
  toHaveBeenCalledWithArguments,
  toHaveRun,
  toHaveRunBefore,
  toHaveRunInOrder,
  toHaveRunTimes,
} from './states.ts';
import { toHaveSkipped, toHaveTaskState, toHaveTaskStates } from './tasks.ts';

/** What `expect.extend` is given. */
export const matchers = {
  toHaveSucceeded,
  toHaveFailed,
  toHaveFailedWith,
  toHaveRun,
  toHaveRunTimes,
  toHaveRunBefore,
  toHaveRunInOrder,
  toHaveTaskState,
  toHaveTaskStates,
  toHaveSkipped,
  toHaveBeenCalledWithArguments,
  toHaveTakenSeconds,
} satisfies Record<keyof DagwrightMatchers, Function>;

interface Expect {
  extend(matchers: object): void;
}

let registered: Promise<void> | undefined;

/**
 * Adds the matchers to the `expect` of whatever runs the test, once. Without an await, so that whoever can `require` the package may:
 * where there is no global `expect`, it is done by the time that the first simulation is.
 */
export function register(): Promise<void> {
  registered ??= extendEach();
  return registered;
}

async function extendEach(): Promise<void> {
  const global = (globalThis as { readonly expect?: Expect }).expect;
  if (typeof global?.extend === 'function') {
    global.extend(matchers);
    return;
  }
  const own = await ownExpect();
  if (own === undefined)
    throw new Error(
      'dagwright/jest is imported by tests that Jest or Vitest runs: it adds matchers to their `expect`.',
    );
  own.extend(matchers);
}

/** The modules of globals are there within tests alone. */
async function ownExpect(): Promise<Expect | undefined> {
  const name = process.env.VITEST === undefined ? '@jest/globals' : 'vitest';
  try {
    return ((await import(name)) as { expect: Expect }).expect;
  } catch {
    return undefined;
  }
}
