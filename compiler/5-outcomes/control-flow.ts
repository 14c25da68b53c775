import { SKIPPED, type States } from '../../airflow/end-state.ts';
import type { Graph } from '../3-graph/graph.ts';
import { type Tree, tasksOf } from '../4-plan/tree.ts';
import { continuations, endsTheRun, type Ground, NO_CONTINUATION, runFails } from './continuation.ts';
import { aim, newEdge, type PassedOver, pass, passedOver } from './edges.ts';
import {
  endsAs,
  evaluate,
  exclude,
  type Facts,
  type Given,
  knownAtStart,
  knows,
  learn,
  merge,
  skippedBefore,
} from './facts.ts';
import type { Edge, GuardTest, Item, Outcomes, ParallelItem, Scope } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';
import { sharedGuardOf } from './shared-guard.ts';
import { addLeaf, type Site } from './task-flow.ts';

export type ControlFlow = Pick<Outcomes, 'body' | 'fails' | 'scopeOf' | 'decidedIn' | 'stopped'> & {
  readonly checks: readonly GuardTest[];
};

/**
 * The edges through the plan. Each carries the facts that are known on it, so that it leads straight to the first state that may still run,
 * and a test is made only where its answer depends on the run.
 */
export function controlFlowOf(graph: Graph, tree: Tree, semantics: Semantics, given: Given): ControlFlow {
  const scopes = new Map<string, readonly number[]>();
  const decidedIn = new Map<string, (readonly number[])[]>();
  const stopped = new Set<string>();
  const ground: Ground = { semantics, laid: scopes };
  let fails = false;
  const checks: GuardTest[] = [];

  const start = newEdge(knownAtStart(given), ...skippedBefore(given));
  const items: Item[] = [];
  const failed = runFails(semantics);
  for (const edge of addNode(tree, [start], {
    path: [],
    items,
    behind: NO_CONTINUATION,
    alone: tree.kind === 'task',
  })) {
    const verdict = evaluate(failed, edge.known);
    edge.target = { to: verdict === undefined ? 'check' : verdict ? 'fail' : 'succeed' };
    if (verdict === undefined) checks.push({ when: failed, known: edge.known });
    if (verdict !== false) fails = true;
  }
  return {
    body: { path: [], start, items },
    fails,
    checks,
    scopeOf: (task) => scopes.get(task) ?? [],
    decidedIn: (task) => decidedIn.get(task) ?? [],
    stopped,
  };

  function addNode(node: Tree, edges: readonly Edge[], site: Site): Edge[] {
    if (edges.length === 0) return [];
    if (node.kind === 'task') return addTask(node.id, edges, site);
    if (node.kind === 'par') return addSiblings(node.children, edges, { ...site, alone: false });
    const behind = site.behind && continuations(node.children, site.behind, semantics);
    let open = [...edges];
    for (const [i, child] of node.children.entries()) {
      open = addNode(child, open, { ...site, behind: behind?.[i], alone: child.kind === 'task' });
    }
    return open;
  }

  function addTask(id: string, edges: readonly Edge[], site: Site): Edge[] {
    scopes.set(id, site.path);
    for (const task of semantics.decides(id)) decidedIn.set(task, [...(decidedIn.get(task) ?? []), site.path]);
    return addLeaf(id, graph.tasks.get(id)!.model.decision, edges, site, ground);
  }

  function addSiblings(children: readonly Tree[], edges: readonly Edge[], site: Site): Edge[] {
    const passing: Edge[] = [];
    const entering: Edge[] = [];
    for (const edge of edges) {
      const settled = allPassedOver(children, edge.known);
      // A task that never runs is recorded where it was passed over.
      for (const { task } of settled?.ended ?? []) if (!scopes.has(task)) scopes.set(task, site.path);
      if (settled) passing.push(pass(edge, settled));
      else entering.push(edge);
    }
    if (entering.length === 0) return passing;
    const exclusive = eachAlone(children, entering, site);
    if (exclusive) return [...passing, ...exclusive];
    const known = merge(entering.map((edge) => edge.known));
    const dead = children.filter((child) => passedOver(child, known, semantics));
    const alive = children.filter((child) => !dead.includes(child));
    for (const task of dead.flatMap(tasksOf)) if (!scopes.has(task)) scopes.set(task, site.path);
    const inside = entering.map((edge) => pass(edge, allPassedOver(dead, edge.known) as PassedOver));
    return [...passing, ...addParallel(alive, inside, site)];
  }

  /** Where on each edge at most one of them can run, they need no Parallel: what a branch chooses between is plain states. */
  function eachAlone(children: readonly Tree[], edges: readonly Edge[], site: Site): Edge[] | undefined {
    const aliveOn = edges.map((edge) => children.filter((child) => !passedOver(child, edge.known, semantics)));
    if (aliveOn.some((alive) => alive.length > 1)) return undefined;
    return children.flatMap((child) => {
      const own = edges.filter((_, i) => aliveOn[i]?.[0] === child);
      const others = children.filter((other) => other !== child);
      for (const task of own.length > 0 ? others.flatMap(tasksOf) : [])
        if (!scopes.has(task)) scopes.set(task, site.path);
      return addNode(
        child,
        own.map((edge) => pass(edge, allPassedOver(others, edge.known) as PassedOver)),
        site,
      );
    });
  }

  function addParallel(children: readonly Tree[], edges: readonly Edge[], site: Site): Edge[] {
    const before = merge(edges.map((edge) => edge.known));
    const one = sharedGuardOf(children, before, semantics);
    const test = one && { ...one.test, edge: newEdge(one.passed, ...one.ended) };
    const known = one ? exclude(one.test.when, before, semantics) : before;
    const stops = site.stops || (semantics.failFast && !children.flatMap(tasksOf).some(isResource)) || undefined;
    const branches = children.map((child, i) =>
      branchOf(child, known, { path: [...site.path, site.items.length, i], stops }),
    );
    const next = afterAll(branches, known);
    const afterStop = endsAs(next, FIRST_FAILURE, 'failed');
    const endsAlone = site.behind !== undefined && endsTheRun(known, afterStop, site.behind, ground, false);
    const caught = stops && !site.stops && !endsAlone;
    const item: ParallelItem = {
      kind: 'parallel',
      guard: test ? { tests: [test] } : undefined,
      branches: branches.map(({ scope }) => scope),
      next: newEdge(next),
      failed: caught ? newEdge(afterStop, { task: FIRST_FAILURE, state: 'failed' }) : undefined,
    };
    if (caught) {
      decidedIn.set(FIRST_FAILURE, [...(decidedIn.get(FIRST_FAILURE) ?? []), site.path]);
      for (const task of children.flatMap(tasksOf)) stopped.add(task);
    }
    site.items.push(item);
    aim(edges, { to: test ? 'guard' : 'state', item });
    return [...(test ? [test.edge] : []), ...(item.failed ? [item.failed] : []), item.next];
  }

  function branchOf(
    tree: Tree,
    known: Facts,
    { path, stops }: Pick<Site, 'path'> & { stops: true | undefined },
  ): Branch {
    const start = newEdge(known);
    const items: Item[] = [];
    const exits = addNode(tree, [start], { path, items, behind: undefined, ...(stops && { stops }) });
    aim(exits, { to: 'exit' });
    const tasks = tasksOf(tree);
    const decided = tasks.flatMap(semantics.decides);
    const told = [...new Set([...tasks, ...decided, FIRST_FAILURE])];
    return { scope: { path, start, items }, known: merge(exits.map((edge) => edge.known)), tasks: told };
  }

  /** What is made here must be ended here: a failure beside it may not stop that. */
  function isResource(task: string): boolean {
    const { kind } = graph.tasks.get(task)!.model;
    return kind === 'setup' || kind === 'teardown';
  }

  function allPassedOver(children: readonly Tree[], known: Facts): PassedOver | undefined {
    const ended: PassedOver['ended'][number][] = [];
    for (const child of children) {
      const settled = passedOver(child, known, semantics);
      if (!settled) return undefined;
      known = settled.known;
      ended.push(...settled.ended);
    }
    return { known, ended };
  }
}

interface Branch {
  readonly scope: Scope;
  /** What is known at its end. */
  readonly known: Facts;
  /** The tasks that it tells something of: its own, and those behind it that it decided. */
  readonly tasks: readonly string[];
}

/** What is known behind a Parallel. A task that several branches decided is skipped if one of them said so. */
function afterAll(branches: readonly Branch[], before: Facts): Facts {
  const told = new Map<string, States>();
  for (const { known, tasks } of branches) {
    for (const task of tasks) {
      const [said, states] = [told.get(task), knows(known, task)];
      told.set(task, said === undefined ? states : said === SKIPPED || states === SKIPPED ? SKIPPED : said | states);
    }
  }
  return [...told].reduce((k, [task, states]) => learn(k, task, states), before);
}
