import type { DagwrightMatchers } from './matcher-types.ts';

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
