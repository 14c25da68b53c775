import type { ChildExecution, MapRunCounts } from '../../map-run.ts';

/** Where a child, and its items with it, may stand. */
export type Standing = 'pending' | 'pendingRedrive' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted';
/** Where a child's status puts it. */
export const STANDINGS: { readonly [status in ChildExecution['status']]: Standing } = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

/** Counts under way. */
export type Counts = { -readonly [name in keyof MapRunCounts]: MapRunCounts[name] };

export function noCounts(): Counts {
  return {
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}
