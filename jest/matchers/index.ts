import type { DagwrightMatchers } from '../matcher-types.ts';
import { toHaveBeenCalledWithArguments } from './calls.ts';
import { toHaveFailed, toHaveFailedWith, toHaveSucceeded } from './outcome.ts';
import { toHaveTakenSeconds } from './seconds.ts';
import { toHaveRun, toHaveRunBefore, toHaveRunInOrder, toHaveRunTimes } from './states.ts';
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
