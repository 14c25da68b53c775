import { SUCCESS } from '../../airflow/end-state.ts';
import { byId } from '../2-lower/lower.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';
import { endsAt, knownWhere } from '../5-outcomes/certainty.ts';
import {
  around,
  type Edge,
  type Item,
  isSame,
  type Outcomes,
  type ParallelItem,
  type ScopePath as Path,
  type Scope,
  within,
} from '../5-outcomes/outcomes.ts';
import { variableNames } from './variable-names.ts';

/** What is kept of an output: all of it, or some of its fields. */
export type Parts = 'whole' | Fields;

export interface Fields {
  /** Sorted. */
  readonly names: readonly string[];
  /** A reader has a replacement for one of them that the answer does not have: only those that it has are kept. */
  readonly optional: boolean;
}

/** Where one task's output lives. */
interface Life {
  /** Who reads it, and what of it. */
  readonly reads: readonly { readonly scope: Path; readonly field: string | undefined; readonly optional: boolean }[];
  /** The scope that the task runs in. */
  readonly home: Path;
  /** The scopes that assign it, the task's own first where that is one of them. */
  readonly assigned: readonly Path[];
  /** The scopes, all outside of the task's own, where an output that is not there is null. */
  readonly nullable: readonly Path[];
}

/**
 * Which scopes a task's output lives in, and under which variable: the one place that says so.
 *
 * The variables of a scope are seen in the scopes within it and nowhere else, and a scope may not assign a name that one around it assigns.
 * So an output is assigned where the task runs if somebody there, or in a scope within, reads it or takes it further; and it leaves a branch
 * by the branch's `Output`, to be assigned anew by the Parallel, where somebody outside reads it. Only what is read out there leaves.
 */
export class LiveOutputs {
  /** The tasks whose output somebody reads, sorted. */
  readonly read: readonly string[];
  readonly #places: Places;
  readonly #outcomes: Outcomes;
  readonly #lives = new Map<string, Life>();
  readonly #names: ReadonlyMap<string, readonly string[]>;

  /** @param taken names of variables that templates assign for themselves */
  constructor(graph: Graph, outcomes: Outcomes, taken: readonly string[]) {
    this.#places = placesOf(outcomes.body);
    this.#outcomes = outcomes;
    for (const [task, reads] of readsOf(graph, this.#places))
      this.#lives.set(task, lifeOf(task, reads, this.#places, outcomes));
    this.read = [...this.#lives.keys()].sort(byId);
    this.#names = variableNames(graph.tasks.keys(), taken, (task) => this.#lives.get(task)?.assigned.length ?? 0);
  }

  isRead(task: string): boolean {
    return this.#lives.has(task);
  }

  /** The variable that this scope itself assigns a task's output to; undefined where it assigns none. */
  assignedIn(task: string, scope: Path): string | undefined {
    const index = this.#lives.get(task)?.assigned.findIndex((path) => isSame(path, scope)) ?? -1;
    return index < 0 ? undefined : this.#names.get(task)![index];
  }

  /** The variable by which a scope sees a task's output: that of the innermost scope that assigns one, of those around it and itself. */
  seenFrom(scope: Path, task: string): string {
    const index = this.#lives.get(task)?.assigned.findIndex((path) => within(scope, path)) ?? -1;
    // Nothing assigns what no run can bring here.
    return this.#names.get(task)![Math.max(0, index)] as string;
  }

  /** The variable by which a task reads another's output. */
  seenBy(reader: string, task: string): string {
    return this.seenFrom(this.#places.homes.get(reader)?.scope ?? [], task);
  }

  /** Whether that variable can be null, which means no output. It is never so in the scope where the output was made. */
  mayBeNull(reader: string, task: string): boolean {
    const at = this.#places.homes.get(reader);
    const life = this.#lives.get(task);
    if (at === undefined || life === undefined || endsAt(this.#outcomes, knownWhere(at.item), task) === SUCCESS)
      return false;
    const seen = life.assigned.find((path) => within(at.scope, path));
    return seen !== undefined && life.nullable.some((path) => isSame(path, seen));
  }

  /** The field of a branch's `Output` that carries it. */
  carriedAs(task: string): string {
    return this.#names.get(task)![0] as string;
  }

  /** The tasks whose output leaves a branch, sorted. */
  leaving(branch: Path): string[] {
    return this.read.filter((task) => this.leaves(task, branch));
  }

  leaves(task: string, branch: Path): boolean {
    const life = this.#lives.get(task);
    return (
      life !== undefined &&
      branch.length > 0 &&
      within(life.home, branch) &&
      life.reads.some(({ scope }) => !within(scope, branch))
    );
  }

  /** What is read of it anywhere. */
  parts(task: string): Parts {
    return partsOf(this.#lives.get(task)!.reads);
  }

  /** What is read of it outside of a scope that it leaves, or anywhere where that is the machine itself. */
  partsBeyond(task: string, scope: Path): Parts {
    const { reads } = this.#lives.get(task)!;
    return partsOf(scope.length === 0 ? reads : reads.filter((read) => !within(read.scope, scope)));
  }

  /** What the variable of a scope holds of it: what is read there and beyond. */
  partsHeld(task: string, scope: Path): Parts {
    const { home, assigned } = this.#lives.get(task)!;
    const held = assigned.find((path) => within(scope, path)) ?? home;
    if (isSame(held, home)) return this.parts(task);
    // It came out of the branch on the way to the task.
    return this.partsBeyond(task, home.slice(0, held.length + 2));
  }
}

/** Where everything stands that outputs come from and go to. */
interface Places {
  readonly homes: ReadonlyMap<string, { readonly scope: Path; readonly item: Exclude<Item, ParallelItem> }>;
  /** Each Parallel by the path of each of its branches. */
  readonly parallels: ReadonlyMap<string, { readonly scope: Path; readonly item: ParallelItem }>;
}

function placesOf(body: Scope): Places {
  const homes = new Map<string, { scope: Path; item: Exclude<Item, ParallelItem> }>();
  const parallels = new Map<string, { scope: Path; item: ParallelItem }>();
  const open = [body];
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    for (const item of scope.items) {
      if (item.kind !== 'parallel') {
        homes.set(item.id, { scope: scope.path, item });
        continue;
      }
      for (const branch of item.branches) {
        parallels.set(branch.path.join(), { scope: scope.path, item });
        open.push(branch);
      }
    }
  }
  return { homes, parallels };
}

/** Who reads each output: tasks that can run, each field once a scope. */
function readsOf(graph: Graph, { homes }: Places): Map<string, Life['reads'][number][]> {
  const all = new Map<string, Life['reads'][number][]>();
  const isGuarded = guardedReads(graph);
  for (const [id, { reads }] of graph.tasks) {
    const home = homes.get(id);
    if (home === undefined) continue;
    for (const { kind, path, whole } of reads) {
      const [, source, field] = path;
      if (kind !== 'output' || source === undefined) continue;
      const optional = whole === true || isGuarded(id, source, field);
      all.set(source, [...(all.get(source) ?? []), { scope: home.scope, field, optional }]);
    }
  }
  return all;
}

function lifeOf(task: string, reads: Life['reads'], { homes, parallels }: Places, outcomes: Outcomes): Life {
  const own = homes.get(task);
  // What ended before the run starts is assigned at its start; what never runs, nowhere.
  if (own === undefined) return { reads, home: [], assigned: [[]], nullable: [] };
  const home = own.scope;
  const assigned: Path[] = edgesOf(own.item).some(goesOn) ? [home] : [];
  const nullable: Path[] = [];
  let isNullable = false;
  for (let branch = home; branch.length > 0; branch = around(branch)) {
    if (!reads.some(({ scope }) => !within(scope, branch))) break;
    const { scope, item } = parallels.get(branch.join())!;
    isNullable ||= endsAt(outcomes, item.next.known, task) !== SUCCESS;
    if (!goesOn(item.next)) continue;
    assigned.push(scope);
    if (isNullable) nullable.push(scope);
  }
  return { reads, home, assigned, nullable };
}

function edgesOf(item: Exclude<Item, ParallelItem>): readonly Edge[] {
  return item.kind === 'task' ? [item.next] : item.cases.map(({ edge }) => edge);
}

/** Whether something of its scope comes behind it: at the exit of a branch what lives on leaves by the `Output` alone. */
function goesOn({ target }: Edge): boolean {
  return target?.to !== 'exit';
}

function partsOf(reads: Life['reads']): Parts {
  const fields = new Set(reads.map(({ field }) => field));
  if (fields.has(undefined)) return 'whole';
  return { names: ([...fields] as string[]).sort(byId), optional: reads.some(({ optional }) => optional) };
}

/**
 * The outputs of which a task may read a field that is not there in every answer, for a branch or a short circuit before it asked the same
 * output first: `Contents` of an S3 listing behind `KeyCount > 0`. These are kept where they are there: else the task that answers would
 * fail, and not the one that reads.
 */
function guardedReads({ tasks }: Graph): (reader: string, source: string, field: string | undefined) => boolean {
  // By reader and source: the fields that every run which comes to the reader has already read.
  const asked = new Map<string, Map<string, ReadonlySet<string | undefined>>>();
  for (const [id, { model, reads }] of tasks) {
    if (!model.decision) continue;
    const bySource = new Map<string, Set<string | undefined>>();
    for (const { kind, path, whole } of reads) {
      const source = path[1];
      if (kind === 'output' && source !== undefined)
        bySource.set(source, (bySource.get(source) ?? new Set()).add(whole ? undefined : path[2]));
    }
    if (bySource.size === 0) continue;
    for (const reader of behind(tasks, id)) {
      const known = asked.get(reader) ?? new Map<string, ReadonlySet<string | undefined>>();
      for (const [source, fields] of bySource) known.set(source, new Set([...(known.get(source) ?? []), ...fields]));
      asked.set(reader, known);
    }
  }
  return (reader, source, field) => {
    const fields = asked.get(reader)?.get(source);
    return fields !== undefined && !fields.has(field);
  };
}

/** Everything downstream of a task. */
function behind(tasks: ReadonlyMap<string, GraphTask>, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of tasks.get(at)!.downstreams) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
