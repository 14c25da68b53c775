let last: Promise<unknown> = Promise.resolve();

/**
 * Does one work after the other, in the order in which they were asked for. While a DAG file runs, the authoring functions that it calls
 * find what belongs to it (its places, what gathers its faults, its project) in one place of the process, so that only one may run at a
 * time, and none while the model of another is compiled.
 */
export function exclusively<T>(work: () => T | Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}
