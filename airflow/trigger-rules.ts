import { BAD, BIT, type EndState, SKIPPED, type States, SUCCESS, UPSTREAM_FAILED } from './end-state.ts';

/** That `any` of some tasks, or `all` of them, ended in one of some states. */
export interface Condition {
  readonly quantifier: 'any' | 'all';
  readonly tasks: readonly string[];
  readonly in: States;
}

/** Why a task does not run, and how it then ends. */
export interface Reason {
  readonly when: Condition;
  readonly then: Exclude<EndState, 'success' | 'failed'>;
  /** A branch or a short circuit above decided it, and wrote it down there. */
  readonly decided?: true;
}

type Make = (upstreams: readonly string[]) => Reason[];

const any =
  (inStates: States, then: Reason['then']) =>
  (tasks: readonly string[]): Reason => ({ when: { quantifier: 'any', tasks, in: inStates }, then });
const all =
  (inStates: States, then: Reason['then']) =>
  (tasks: readonly string[]): Reason => ({ when: { quantifier: 'all', tasks, in: inStates }, then });
const reasons =
  (...makes: ((tasks: readonly string[]) => Reason)[]): Make =>
  (tasks) =>
    makes.map((make) => make(tasks));

/**
 * Airflow's trigger rules as reasons not to run, in the order in which they are judged: the first that holds decides.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules
 */
const REASONS = {
  all_success: reasons(any(BAD, 'upstream_failed'), any(SKIPPED, 'skipped')),
  all_failed: reasons(any(SUCCESS | SKIPPED, 'skipped')),
  all_done: reasons(),
  all_done_min_one_success: reasons(any(SKIPPED, 'skipped'), all(BAD, 'upstream_failed')),
  all_skipped: reasons(any(SUCCESS | BAD, 'skipped')),
  one_success: reasons(all(SKIPPED, 'skipped'), all(BAD | SKIPPED, 'upstream_failed')),
  one_failed: reasons(all(SUCCESS | SKIPPED, 'skipped')),
  one_done: reasons(all(UPSTREAM_FAILED | SKIPPED, 'skipped')),
  none_failed: reasons(any(BAD, 'upstream_failed')),
  none_skipped: reasons(any(SKIPPED, 'skipped')),
  none_failed_min_one_success: reasons(any(BAD, 'upstream_failed'), all(SKIPPED, 'skipped')),
  always: reasons(),
} as const satisfies Record<string, Make>;

export type TriggerRule = keyof typeof REASONS;

/** Every trigger rule, in the order in which messages name them. */
export const TRIGGER_RULES = Object.keys(REASONS) as TriggerRule[];

export function isTriggerRule(rule: string): rule is TriggerRule {
  return Object.hasOwn(REASONS, rule);
}

/** A task without upstreams runs, whatever its rule. */
export function ruleReasons(rule: TriggerRule, upstreams: readonly string[]): Reason[] {
  return upstreams.length === 0 ? [] : REASONS[rule](upstreams);
}

/** A teardown runs if one of its setups succeeded, or if it has none. */
export const teardownReasons: Make = (setups) =>
  setups.length === 0 ? [] : [all(SKIPPED, 'skipped')(setups), all(BAD | SKIPPED, 'upstream_failed')(setups)];

/** Within the scope of setups a task needs their success, whatever its rule. */
export const scopeReasons: Make = (setups) =>
  setups.length === 0 ? [] : [any(BAD, 'upstream_failed')(setups), any(SKIPPED, 'skipped')(setups)];

/** A task that a branch did not choose, or that stands behind a short circuit, is skipped whatever its rule: its own record says so. */
export function decidedReason(task: string): Reason {
  return { when: { quantifier: 'any', tasks: [task], in: SKIPPED }, then: 'skipped', decided: true };
}

/**
 * Whether a task runs whose upstreams are done, and if not, how it ends: the first reason that holds decides.
 * @param endOf how a task ended that a reason looks at
 * @example
 * verdictOf(ruleReasons('all_success', ['a', 'b']), (task) => (task === 'a' ? 'failed' : 'success')); // 'upstream_failed'
 */
export function verdictOf(reasons: readonly Reason[], endOf: (task: string) => EndState): Reason['then'] | 'runs' {
  const holds = ({ when: { quantifier, tasks, in: wanted } }: Reason) => {
    const isIn = (task: string) => (BIT[endOf(task)] & wanted) !== 0;
    return quantifier === 'any' ? tasks.some(isIn) : tasks.every(isIn);
  };
  return reasons.find(holds)?.then ?? 'runs';
}
