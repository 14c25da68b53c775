/** How a task ended, in Airflow's words. */
export type EndState = 'success' | 'failed' | 'skipped' | 'upstream_failed';

/** How many of a task's upstreams ended so; `n` is all of them. */
export interface Counts {
  readonly success: number;
  readonly failed: number;
  readonly upstreamFailed: number;
  readonly skipped: number;
  readonly n: number;
}

type Verdict = 'runs' | 'skipped' | 'upstream_failed';

/**
 * Airflow's trigger rules over upstreams that are all done: whether the task runs, and if not, how it ends. Where Airflow's answer
 * depends on who was first, a failure wins.
 */
const RULES = {
  all_success: ({ success, failed, upstreamFailed, n }) =>
    success === n ? 'runs' : failed + upstreamFailed > 0 ? 'upstream_failed' : 'skipped',
  all_failed: ({ failed, upstreamFailed, n }) => (failed + upstreamFailed === n ? 'runs' : 'skipped'),
  all_done: () => 'runs',
  all_done_min_one_success: ({ success, skipped }) =>
    skipped > 0 ? 'skipped' : success > 0 ? 'runs' : 'upstream_failed',
  all_skipped: ({ skipped, n }) => (skipped === n ? 'runs' : 'skipped'),
  one_success: ({ success, skipped, n }) => (success > 0 ? 'runs' : skipped === n ? 'skipped' : 'upstream_failed'),
  one_failed: ({ failed, upstreamFailed }) => (failed + upstreamFailed > 0 ? 'runs' : 'skipped'),
  one_done: ({ success, failed }) => (success + failed > 0 ? 'runs' : 'skipped'),
  none_failed: ({ failed, upstreamFailed }) => (failed + upstreamFailed === 0 ? 'runs' : 'upstream_failed'),
  none_skipped: ({ skipped }) => (skipped === 0 ? 'runs' : 'skipped'),
  none_failed_min_one_success: ({ success, failed, upstreamFailed }) =>
    failed + upstreamFailed > 0 ? 'upstream_failed' : success > 0 ? 'runs' : 'skipped',
  always: () => 'runs',
  all_done_setup_success: () => 'runs',
} satisfies Record<string, (counts: Counts) => Verdict>;

export type TriggerRule = keyof typeof RULES;

export function isTriggerRule(rule: string): rule is TriggerRule {
  return Object.hasOwn(RULES, rule);
}

/** A task without upstreams runs, whatever its rule. */
export function judge(rule: TriggerRule, counts: Counts): Verdict {
  return counts.n === 0 ? 'runs' : RULES[rule](counts);
}

/** A teardown runs if one of its setups succeeded or it has none. */
export function judgeTeardown(setups: readonly EndState[]): Verdict {
  if (setups.length === 0 || setups.includes('success')) return 'runs';
  return setups.every((state) => state === 'skipped') ? 'skipped' : 'upstream_failed';
}
