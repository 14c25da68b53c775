/** Where a scope is: branch numbers from the machine's own scope, which is `[]`, inwards. */
export type ScopePath = readonly number[];

/** Whether a scope is the other one, or stands within it. */
export function within(path: ScopePath, scope: ScopePath): boolean {
  return scope.every((n, i) => path[i] === n);
}

export function isSame(a: ScopePath, b: ScopePath): boolean {
  return a.length === b.length && within(a, b);
}

/** The scope around one. A branch adds two numbers: the Parallel's and its own. */
export function around(path: ScopePath): ScopePath {
  return path.slice(0, -2);
}
