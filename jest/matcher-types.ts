import type { Json } from '../asl/index.ts';
import type { TaskState } from '../report/end-states.ts';

/** What a failure is compared with; a text must be equal, a regular expression must match. */
export interface ExpectedFailure {
  readonly error?: string | RegExp;
  readonly cause?: string | RegExp;
}

/** What `dagwright/jest` adds to `expect(run)`, where `run` is what `simulate` answered. Names are of states, or of tasks of a DAG. */
export interface DagwrightMatchers<R = void> {
  toHaveSucceeded(): R;
  toHaveFailed(): R;
  /** The run failed with this error, and this cause where one is given. */
  toHaveFailedWith(failure: ExpectedFailure): R;
  toHaveFailedWith(error: string | RegExp, cause?: string | RegExp): R;
  /** The state was entered at least once. */
  toHaveRun(name: string): R;
  /** The state was entered so many times; retries are attempts of one entry. */
  toHaveRunTimes(name: string, times: number): R;
  /** Whenever it ran, the first had ended before the second began; both ran. */
  toHaveRunBefore(first: string, second: string): R;
  /** Each had ended before the next began. */
  toHaveRunInOrder(...names: readonly string[]): R;
  /** How a task of the DAG stands at the end, in Airflow's words. */
  toHaveTaskState(task: string, state: TaskState): R;
  /** The same for several tasks at once. */
  toHaveTaskStates(states: { readonly [task: string]: TaskState }): R;
  /** The task of the DAG was skipped: by a branch, a short circuit, its rule or `skipOn`. */
  toHaveSkipped(task: string): R;
  /** Some call of the task was given these arguments; asymmetric matchers such as `expect.objectContaining` may stand in them. */
  toHaveBeenCalledWithArguments(task: string, given: Json | object): R;
  /** The run took so many seconds of virtual time. */
  toHaveTakenSeconds(seconds: number): R;
}

// The matchers' types, for `expect` of '@jest/globals', the global one of @types/jest, and Vitest's; a module that a project does not
// have is passed over. As documentation comments the marks survive into the declaration files.

// biome-ignore lint/suspicious/noTsIgnore: where the module is there, there is nothing to expect
/** @ts-ignore */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends DagwrightMatchers<R> {}
}

// biome-ignore lint/suspicious/noTsIgnore: where the module is there, there is nothing to expect
/** @ts-ignore */
declare module 'vitest' {
  interface Matchers<T> extends DagwrightMatchers<void> {}
}

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends DagwrightMatchers<R> {}
  }
}
