/** A task's end states, as Airflow has them, and sets of them as bits. */
export type EndState = 'success' | 'failed' | 'upstream_failed' | 'skipped';
export type States = number;

export const SUCCESS = 1;
export const FAILED = 2;
export const UPSTREAM_FAILED = 4;
export const SKIPPED = 8;
export const BAD = FAILED | UPSTREAM_FAILED;

export const BIT = {
  success: SUCCESS,
  failed: FAILED,
  upstream_failed: UPSTREAM_FAILED,
  skipped: SKIPPED,
} as const satisfies Record<EndState, States>;

/** The states of a set, in a fixed order. */
export function namesOf(states: States): EndState[] {
  return (Object.keys(BIT) as EndState[]).filter((name) => states & BIT[name]);
}
