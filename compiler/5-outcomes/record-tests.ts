import { BAD, FAILED, SKIPPED, type States, SUCCESS, UPSTREAM_FAILED } from '../../airflow/end-state.ts';
import type { Condition } from '../../airflow/trigger-rules.ts';
import { basisOf, type Facts, knows } from './facts.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';

/** For each task the ends whose records are looked for. */
export type Records = ReadonlyMap<string, States>;

/** One task's part of a condition: that one of these records is there, or where success is among what is wanted that none is. */
export interface Term {
  readonly asked: Records;
  readonly negated: boolean;
}

/** A condition as tests for records: a task that succeeded has none. */
export function termsOf({ quantifier, tasks, in: wanted }: Condition, known: Facts, semantics: Semantics): Term[] {
  const negated = (wanted & SUCCESS) !== 0;
  return tasks
    .filter((task) => quantifier === 'all' || knows(known, task) & wanted)
    .map((task) => {
      const possible = knows(known, task);
      const states = negated ? possible & ~wanted & ~SUCCESS : possible & wanted;
      return { asked: recordsOf(task, states, known, semantics), negated };
    });
}

/** The records that tell whether a task ended in one of these states. Where its not running has none, those of its causes do. */
function recordsOf(task: string, states: States, known: Facts, semantics: Semantics): Records {
  const asked = new Map<string, States>();
  const ask = (of: string, ends: States) => {
    if (ends) asked.set(of, (asked.get(of) ?? 0) | ends);
  };
  ask(task, states & SKIPPED);
  if (!(states & BAD)) return asked;
  if (task === FIRST_FAILURE) {
    ask(task, states & FAILED);
    // A failure and no more: what did not run because of a teardown's failure is none.
    for (const cause of semantics.causes(task) ?? []) ask(cause, knows(known, cause) & FAILED);
    return asked;
  }
  const isDerived = semantics.derivedFrom(task) !== undefined;
  for (const source of basisOf(task, known, semantics)) {
    if (source === task) ask(task, states & (isDerived ? FAILED : BAD));
    else if (states & UPSTREAM_FAILED) ask(source, BAD);
  }
  return asked;
}

/** Several in one: any of these records. */
export function union(all: readonly Records[]): Records {
  const joined = new Map<string, States>();
  for (const asked of all) for (const [task, states] of asked) joined.set(task, (joined.get(task) ?? 0) | states);
  return joined;
}
