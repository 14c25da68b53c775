import type { Condition, Reason } from '../../airflow/trigger-rules.ts';
import type { Translated } from '../../authoring/internal.ts';
import type { Facts } from './facts.ts';
import type { Semantics } from './semantics.ts';

/** The plan with everything that failures and skips need: what each edge out of each state leads to, and what it records. */
export interface Outcomes {
  readonly semantics: Semantics;
  readonly body: Scope;
  /** The test at the machine's end, where it depends on the run whether it failed. */
  readonly check: GuardTest | undefined;
  /** Whether an edge leads to the Fail state in which a failed run ends. */
  readonly fails: boolean;
  /** Whether this end of this task is recorded. */
  isRecorded(task: string, state: Reason['then'] | 'failed'): boolean;
  /** The scope that a task runs in: a path of branch numbers, `[]` for the machine itself. */
  scopeOf(task: string): readonly number[];
  /** Tasks of Parallels that a failure stops and that the machine goes on from: what they answered may be lost. */
  readonly stopped: ReadonlySet<string>;
  /** The scopes of the branches that decide a task, where that is recorded. */
  decidedIn(task: string): readonly (readonly number[])[];
}

/** The ends of tasks, `task state`, that some edge within a scope, or within one in it, tells of: what may come to stand recorded there. */
export function endedWithin({ start, items }: Scope): ReadonlySet<string> {
  const edges = items.flatMap((item): (Edge | undefined)[] => [
    ...(item.guard?.tests.map(({ edge }) => edge) ?? []),
    ...(item.kind === 'decision' ? item.cases.map(({ edge }) => edge) : [item.next]),
    ...(item.kind === 'task' ? [item.skipped] : []),
    item.failed,
  ]);
  const inner = items.flatMap((item) => (item.kind === 'parallel' ? item.branches : []));
  return new Set([
    ...[start, ...edges].flatMap((edge) => edge?.ended.map(({ task, state }) => `${task} ${state}`) ?? []),
    ...inner.flatMap((scope) => [...endedWithin(scope)]),
  ]);
}

/** The machine, or a branch of a Parallel: what has variables of its own. */
export interface Scope {
  readonly path: readonly number[];
  /** Where it starts, and what is known there. */
  readonly start: Edge;
  readonly items: readonly Item[];
}

export type Item = TaskItem | DecisionItem | ParallelItem;

export interface TaskItem {
  readonly kind: 'task';
  readonly id: string;
  readonly guard: Guard | undefined;
  readonly next: Edge;
  /** Where it goes on when it failed; undefined: the failure ends the execution by itself. */
  readonly failed: Edge | undefined;
  /** Where it goes on when it failed with one of its `skipOn` errors. */
  readonly skipped: Edge | undefined;
}

/** A branch or a short circuit. */
export interface DecisionItem {
  readonly kind: 'decision';
  readonly id: string;
  readonly guard: Guard | undefined;
  /** The last one is taken where no condition holds. What is computed is one case. */
  readonly cases: readonly {
    readonly when: Translated | undefined;
    readonly chosen: readonly string[];
    readonly edge: Edge;
  }[];
  /** Where it goes on when it cannot decide; undefined: it always can, or the failure ends the execution by itself. */
  readonly failed: Edge | undefined;
}

export interface ParallelItem {
  readonly kind: 'parallel';
  readonly guard: Guard | undefined;
  readonly branches: readonly Scope[];
  readonly next: Edge;
  /** Where it goes on when a failure in a branch stops the others; undefined: failures are caught inside, or end the execution. */
  readonly failed: Edge | undefined;
}

/** A Choice before a state: the first test that holds passes the state over. */
export interface Guard {
  readonly tests: readonly (GuardTest & { readonly edge: Edge })[];
}

/** A condition, at a place where some facts are known. */
export interface GuardTest {
  readonly when: Condition;
  readonly known: Facts;
  /** Records of the task itself, before it runs: whether it was decided that it does not. */
  readonly decided?: true | undefined;
}

/** An edge out of a state. Its target is set when what comes next is added. */
export interface Edge {
  target: Target | undefined;
  readonly known: Facts;
  /** Tasks that ended on this edge without running, or by it, or that are decided to be skipped: what may be recorded here. */
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
