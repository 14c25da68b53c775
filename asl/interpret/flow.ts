/** Yielded by a flow that goes on when somebody wakes its fiber. */
export const PARK: unique symbol = Symbol('park');

/**
 * A branch of an execution as a generator, so that it runs without promises as long as it need not wait. It yields PARK, or a promise
 * for whose value it waits in place, while no other branch runs (the evaluation of an expression).
 */
export type Flow<T> = Generator<typeof PARK | Promise<unknown>, T, unknown>;

/** A value at once, or a promise of it. */
export type Later<T> = T | Promise<T>;

/** Goes on with a value as soon as it is there: now, if it can be. */
export function then<T, U>(value: Later<T>, next: (value: T) => Later<U>): Later<U> {
  return isPromiseLike(value) ? value.then(next) : next(value);
}

/** The value, waited for where it is a promise. */
export function* settled<T>(value: Later<T>): Flow<T> {
  return isPromiseLike(value) ? ((yield value) as T) : value;
}

export function isPromiseLike<T>(value: Later<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
