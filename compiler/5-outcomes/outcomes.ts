import type { Condition, Reason } from '../../airflow/trigger-rules.ts';
import type { Translated } from '../../authoring/internal.ts';
import type { Knowledge } from './facts.ts';
import type { Semantics } from './semantics.ts';

/** The plan with everything that failures and skips need: what each way out of each state leads to, and what it writes down. */
export interface Outcomes {
  readonly semantics: Semantics;
  readonly body: Scope;
  /** The end's question, where it depends on the run whether it failed. */
  readonly check: Question | undefined;
  /** Whether some way ends at the Fail state that stands for the run's end. */
  readonly fails: boolean;
  /** Whether this end of this task is written down. */
  isRecorded(task: string, state: Reason['then'] | 'failed'): boolean;
  /** The scope that a task runs in: a path of branch numbers, `[]` for the machine itself. */
  scopeOf(task: string): readonly number[];
  /** Tasks of Parallels that a failure stops and that the machine goes on from: what they answered may be lost. */
  readonly stopped: ReadonlySet<string>;
  /** The scopes of the branches that decide a task, where they write that down. */
  decidedIn(task: string): readonly (readonly number[])[];
}

/** The machine, or a branch of a Parallel: what has variables of its own. */
export interface Scope {
  readonly path: readonly number[];
  /** Where it starts, and what is known there. */
  readonly start: Way;
  readonly items: readonly Item[];
}

export type Item = TaskItem | DecisionItem | ParallelItem;

export interface TaskItem {
  readonly kind: 'task';
  readonly id: string;
  readonly guard: Guard | undefined;
  readonly next: Way;
  /** Where it goes on when it failed; undefined: the failure ends the execution by itself. */
  readonly failed: Way | undefined;
  /** Where it goes on when it failed with one of its `skipOn` errors. */
  readonly skipped: Way | undefined;
}

/** A branch or a short circuit. */
export interface DecisionItem {
  readonly kind: 'decision';
  readonly id: string;
  readonly guard: Guard | undefined;
  /** A way for each case; the last one is taken where no condition holds. What is computed has one way. */
  readonly ways: readonly {
    readonly when: Translated | undefined;
    readonly chosen: readonly string[];
    readonly way: Way;
  }[];
  /** Where it goes on when it cannot decide; undefined: it always can, or the failure ends the execution by itself. */
  readonly failed: Way | undefined;
}

export interface ParallelItem {
  readonly kind: 'parallel';
  readonly guard: Guard | undefined;
  readonly branches: readonly Scope[];
  readonly next: Way;
  /** Where it goes on when a failure in a branch stops the others; undefined: failures are caught inside, or end the execution. */
  readonly failed: Way | undefined;
}

/** A Choice before a state: the first reason that holds passes it over. */
export interface Guard {
  readonly questions: readonly (Question & { readonly way: Way })[];
}

/** A condition, asked where something is known. */
export interface Question {
  readonly when: Condition;
  readonly known: Knowledge;
  /** Asked of the task itself, before it runs: whether it was decided that it does not. */
  readonly decided?: true | undefined;
}

/** A way out of a state. Its target is set when what comes next is laid. */
export interface Way {
  target: Target | undefined;
  readonly known: Knowledge;
  /** Tasks that ended on this way without running, or by it, or that are decided to be skipped: what may be written down here. */
  readonly ended: { readonly task: string; readonly state: Reason['then'] | 'failed' }[];
}

export type Target =
  | { readonly to: 'guard' | 'state'; readonly item: Item }
  /** The end of the branch. */
  | { readonly to: 'exit' }
  /** The ends of the machine. */
  | { readonly to: 'succeed' | 'fail' | 'check' };

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
