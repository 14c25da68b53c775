import { BAD, BIT, type EndState, FAILED, type States, SUCCESS } from '../../airflow/end-state.ts';
import type { Condition, Reason } from '../../airflow/trigger-rules.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/**
 * What is known at an edge of the plan: for each task that is done there the end states that it can have. A task that is absent
 * succeeded (or is not done yet). Never written to: each function answers a new one.
 */
export type Facts = ReadonlyMap<string, States>;

export const NOTHING: Facts = new Map();

export function knows(facts: Facts, task: string): States {
  return facts.get(task) ?? SUCCESS;
}

export function learn(facts: Facts, task: string, states: States): Facts {
  if (knows(facts, task) === states) return facts;
  const next = new Map(facts);
  if (states === SUCCESS) next.delete(task);
  else next.set(task, states);
  return next;
}

/** What is known where several edges meet. */
export function merge(all: readonly Facts[]): Facts {
  if (all.length === 1) return all[0] as Facts;
  const merged = new Map<string, States>();
  for (const facts of all) for (const task of facts.keys()) merged.set(task, 0);
  for (const task of merged.keys())
    merged.set(
      task,
      all.reduce((states, facts) => states | knows(facts, task), 0),
    );
  return merged;
}

/** Whether a condition holds: true, false, or undefined where it depends on the run. */
export function evaluate({ quantifier, tasks, in: wanted }: Condition, facts: Facts): boolean | undefined {
  const each = tasks.map((task) => {
    const states = knows(facts, task);
    return (states & wanted) === 0 ? false : (states & ~wanted) === 0 ? true : undefined;
  });
  const decisive = quantifier === 'any';
  return each.includes(decisive) ? decisive : each.includes(undefined) ? undefined : !decisive;
}

/** Whether a task runs: it does, it ends in this state instead, or it depends on the run. */
export function judge(reasons: readonly Reason[], facts: Facts): 'runs' | Reason['then'] | 'depends' {
  for (const { when, then } of reasons) {
    const holds = evaluate(when, facts);
    if (holds) return then;
    if (holds === undefined) return 'depends';
  }
  return 'runs';
}

/** What is known where the condition was evaluated and held. */
export function assume({ quantifier, tasks, in: wanted }: Condition, facts: Facts): Facts {
  if (quantifier === 'any' && tasks.length > 1) return facts;
  return tasks.reduce((k, task) => learn(k, task, knows(k, task) & wanted), facts);
}

/** What is known where the condition was evaluated and did not hold. */
export function exclude({ quantifier, tasks, in: wanted }: Condition, facts: Facts, semantics: Semantics): Facts {
  if (quantifier === 'all' && tasks.length > 1) return facts;
  const next = new Map(facts);
  const open = tasks.map((task) => ({ task, not: wanted }));
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { task, not } = top;
    const states = next.get(task);
    if (states === undefined) continue;
    const left = states & ~not;
    if (left === SUCCESS) next.delete(task);
    else next.set(task, left);
    if ((not & BAD) !== BAD) continue;
    // It did not end bad, so that nothing which would have made it so did. Of the first failure that is failures alone.
    const causes = semantics.causes(task) ?? [];
    open.push(...causes.map((cause) => ({ task: cause, not: task === FIRST_FAILURE ? FAILED : BAD })));
  }
  return next;
}

/** How a task ends that does not run. */
export function endsAs(facts: Facts, task: string, state: EndState): Facts {
  return learn(facts, task, BIT[state]);
}

/**
 * The tasks whose records tell whether a task ended bad: itself, and where its not running is not recorded those that it is derived from.
 * Only those that can have ended badly here.
 */
export function basisOf(task: string, facts: Facts, semantics: Semantics): Set<string> {
  const basis = new Set<string>();
  const open = [task];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!(knows(facts, id) & BAD)) continue;
    basis.add(id);
    for (const up of semantics.derivedFrom(id) ?? []) {
      if (!seen.has(up)) open.push(up);
      seen.add(up);
    }
  }
  return basis;
}

/** How tasks that a machine does not run have ended before it starts: those of a run that is resumed. None in a DAG's own machine. */
export type Given = ReadonlyMap<string, 'success' | 'skipped'>;

export const NONE_GIVEN: Given = new Map();

/** What is known where the machine starts. */
export function knownAtStart(given: Given): Facts {
  return [...given].reduce((known, [task, state]) => endsAs(known, task, state), NOTHING);
}

/** Ends that may have a record: what succeeded has none. */
export function skippedBefore(given: Given): { task: string; state: 'skipped' }[] {
  return [...given].flatMap(([task, state]) => (state === 'skipped' ? [{ task, state }] : []));
}
