import { BAD, BIT, type EndState, FAILED, type States, SUCCESS } from '../../airflow/end-state.ts';
import type { Condition, Reason } from '../../airflow/trigger-rules.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/**
 * What is known at an edge of the plan: for each task that is done there the end states that it can have. A task that is absent
 * succeeded (or is not done yet). Never written to: each function answers a new one.
 */
export type Knowledge = ReadonlyMap<string, States>;

export const NOTHING: Knowledge = new Map();

export function knows(knowledge: Knowledge, task: string): States {
  return knowledge.get(task) ?? SUCCESS;
}

export function learn(knowledge: Knowledge, task: string, states: States): Knowledge {
  if (knows(knowledge, task) === states) return knowledge;
  const next = new Map(knowledge);
  if (states === SUCCESS) next.delete(task);
  else next.set(task, states);
  return next;
}

/** What is known where several edges meet. */
export function merge(all: readonly Knowledge[]): Knowledge {
  if (all.length === 1) return all[0] as Knowledge;
  const merged = new Map<string, States>();
  for (const knowledge of all) for (const task of knowledge.keys()) merged.set(task, 0);
  for (const task of merged.keys())
    merged.set(
      task,
      all.reduce((states, knowledge) => states | knows(knowledge, task), 0),
    );
  return merged;
}

/** Whether a condition holds: true, false, or undefined where it depends on the run. */
export function evaluate({ quantifier, tasks, in: wanted }: Condition, knowledge: Knowledge): boolean | undefined {
  const each = tasks.map((task) => {
    const states = knows(knowledge, task);
    return (states & wanted) === 0 ? false : (states & ~wanted) === 0 ? true : undefined;
  });
  const decisive = quantifier === 'any';
  return each.includes(decisive) ? decisive : each.includes(undefined) ? undefined : !decisive;
}

/** Whether a task runs: it does, it ends in this state instead, or it depends on the run. */
export function judge(reasons: readonly Reason[], knowledge: Knowledge): 'runs' | Reason['then'] | 'depends' {
  for (const { when, then } of reasons) {
    const holds = evaluate(when, knowledge);
    if (holds) return then;
    if (holds === undefined) return 'depends';
  }
  return 'runs';
}

/** What is known where the condition was asked and held. */
export function assume({ quantifier, tasks, in: wanted }: Condition, knowledge: Knowledge): Knowledge {
  if (quantifier === 'any' && tasks.length > 1) return knowledge;
  return tasks.reduce((k, task) => learn(k, task, knows(k, task) & wanted), knowledge);
}

/** What is known where the condition was asked and did not hold. */
export function exclude(
  { quantifier, tasks, in: wanted }: Condition,
  knowledge: Knowledge,
  semantics: Semantics,
): Knowledge {
  if (quantifier === 'all' && tasks.length > 1) return knowledge;
  const next = new Map(knowledge);
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
export function endsAs(knowledge: Knowledge, task: string, state: EndState): Knowledge {
  return learn(knowledge, task, BIT[state]);
}

/**
 * The tasks whose records tell whether a task ended bad: itself, and where its not running is not recorded those that it is derived from.
 * Only those that can have ended badly here.
 */
export function basisOf(task: string, knowledge: Knowledge, semantics: Semantics): Set<string> {
  const basis = new Set<string>();
  const open = [task];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (!(knows(knowledge, id) & BAD)) continue;
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
export function knownAtStart(given: Given): Knowledge {
  return [...given].reduce((known, [task, state]) => endsAs(known, task, state), NOTHING);
}

/** Ends of which a record may be asked: what succeeded has none. */
export function skippedBefore(given: Given): { task: string; state: 'skipped' }[] {
  return [...given].flatMap(([task, state]) => (state === 'skipped' ? [{ task, state }] : []));
}
