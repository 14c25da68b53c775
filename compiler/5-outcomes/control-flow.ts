import { SKIPPED, type States } from '../../airflow/end-state.ts';
import type { Graph } from '../3-graph/graph.ts';
import { type Tree, tasksOf } from '../4-plan/tree.ts';
import { behindEach, endsTheRun, type Ground, NOTHING_BEHIND, runFails } from './continuation.ts';
import { aim, newWay, pass, type Settled, settle } from './edges.ts';
import {
  endsAs,
  evaluate,
  exclude,
  type Given,
  type Knowledge,
  knownAtStart,
  knows,
  learn,
  merge,
  skippedBefore,
} from './facts.ts';
import type { Item, Outcomes, ParallelItem, Question, Scope, Way } from './outcomes.ts';
import { FIRST_FAILURE, type Semantics } from './semantics.ts';
import { oneGuardOf } from './shared-guard.ts';
import { layLeaf, type Site } from './task-flow.ts';

export type Laid = Pick<Outcomes, 'body' | 'fails' | 'scopeOf' | 'decidedIn' | 'stopped'> & {
  readonly checks: readonly Question[];
};

/**
 * Lays the ways through the plan. Each carries what is known on it, so that it goes straight to the first state that may still run, and
 * a question is asked only where the answer depends on the run.
 */
export function lay(graph: Graph, tree: Tree, semantics: Semantics, given: Given): Laid {
  const scopes = new Map<string, readonly number[]>();
  const decidedIn = new Map<string, (readonly number[])[]>();
  const stopped = new Set<string>();
  const ground: Ground = { semantics, laid: scopes };
  let fails = false;
  const checks: Question[] = [];

  const start = newWay(knownAtStart(given), ...skippedBefore(given));
  const items: Item[] = [];
  const failed = runFails(semantics);
  for (const way of layNode(tree, [start], { path: [], items, behind: NOTHING_BEHIND, alone: tree.kind === 'task' })) {
    const verdict = evaluate(failed, way.known);
    way.target = { to: verdict === undefined ? 'check' : verdict ? 'fail' : 'succeed' };
    if (verdict === undefined) checks.push({ when: failed, known: way.known });
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

  function layNode(node: Tree, ways: readonly Way[], site: Site): Way[] {
    if (ways.length === 0) return [];
    if (node.kind === 'task') return layTask(node.id, ways, site);
    if (node.kind === 'par') return laySiblings(node.children, ways, { ...site, alone: false });
    const behind = site.behind && behindEach(node.children, site.behind, semantics);
    let open = [...ways];
    for (const [i, child] of node.children.entries()) {
      open = layNode(child, open, { ...site, behind: behind?.[i], alone: child.kind === 'task' });
    }
    return open;
  }

  function layTask(id: string, ways: readonly Way[], site: Site): Way[] {
    scopes.set(id, site.path);
    for (const task of semantics.decides(id)) decidedIn.set(task, [...(decidedIn.get(task) ?? []), site.path]);
    return layLeaf(id, graph.tasks.get(id)!.model.decision, ways, site, ground);
  }

  function laySiblings(children: readonly Tree[], ways: readonly Way[], site: Site): Way[] {
    const passing: Way[] = [];
    const entering: Way[] = [];
    for (const way of ways) {
      const settled = settleAll(children, way.known);
      // A task that never runs is written down where it was passed over.
      for (const { task } of settled?.ended ?? []) if (!scopes.has(task)) scopes.set(task, site.path);
      if (settled) passing.push(pass(way, settled));
      else entering.push(way);
    }
    if (entering.length === 0) return passing;
    const exclusive = eachAlone(children, entering, site);
    if (exclusive) return [...passing, ...exclusive];
    const known = merge(entering.map((way) => way.known));
    const dead = children.filter((child) => settle(child, known, semantics));
    const alive = children.filter((child) => !dead.includes(child));
    for (const task of dead.flatMap(tasksOf)) if (!scopes.has(task)) scopes.set(task, site.path);
    const inside = entering.map((way) => pass(way, settleAll(dead, way.known) as Settled));
    return [...passing, ...layParallel(alive, inside, site)];
  }

  /** Where on each way at most one of them can run, they need no Parallel: what a branch chooses between is plain states. */
  function eachAlone(children: readonly Tree[], ways: readonly Way[], site: Site): Way[] | undefined {
    const aliveOn = ways.map((way) => children.filter((child) => !settle(child, way.known, semantics)));
    if (aliveOn.some((alive) => alive.length > 1)) return undefined;
    return children.flatMap((child) => {
      const own = ways.filter((_, i) => aliveOn[i]?.[0] === child);
      const others = children.filter((other) => other !== child);
      for (const task of own.length > 0 ? others.flatMap(tasksOf) : [])
        if (!scopes.has(task)) scopes.set(task, site.path);
      return layNode(
        child,
        own.map((way) => pass(way, settleAll(others, way.known) as Settled)),
        site,
      );
    });
  }

  function layParallel(children: readonly Tree[], ways: readonly Way[], site: Site): Way[] {
    const before = merge(ways.map((way) => way.known));
    const one = oneGuardOf(children, before, semantics);
    const question = one && { ...one.question, way: newWay(one.passed, ...one.ended) };
    const known = one ? exclude(one.question.when, before, semantics) : before;
    const stops = site.stops || (semantics.failFast && !children.flatMap(tasksOf).some(isResource)) || undefined;
    const branches = children.map((child, i) =>
      layBranch(child, known, { path: [...site.path, site.items.length, i], stops }),
    );
    const next = afterAll(branches, known);
    const afterStop = endsAs(next, FIRST_FAILURE, 'failed');
    const endsAlone = site.behind !== undefined && endsTheRun(known, afterStop, site.behind, ground, false);
    const caught = stops && !site.stops && !endsAlone;
    const item: ParallelItem = {
      kind: 'parallel',
      guard: question ? { questions: [question] } : undefined,
      branches: branches.map(({ scope }) => scope),
      next: newWay(next),
      failed: caught ? newWay(afterStop, { task: FIRST_FAILURE, state: 'failed' }) : undefined,
    };
    if (caught) {
      decidedIn.set(FIRST_FAILURE, [...(decidedIn.get(FIRST_FAILURE) ?? []), site.path]);
      for (const task of children.flatMap(tasksOf)) stopped.add(task);
    }
    site.items.push(item);
    aim(ways, { to: question ? 'guard' : 'state', item });
    return [...(question ? [question.way] : []), ...(item.failed ? [item.failed] : []), item.next];
  }

  function layBranch(
    tree: Tree,
    known: Knowledge,
    { path, stops }: Pick<Site, 'path'> & { stops: true | undefined },
  ): LaidBranch {
    const start = newWay(known);
    const items: Item[] = [];
    const exits = layNode(tree, [start], { path, items, behind: undefined, ...(stops && { stops }) });
    aim(exits, { to: 'exit' });
    const tasks = tasksOf(tree);
    const decided = tasks.flatMap(semantics.decides);
    const told = [...new Set([...tasks, ...decided, FIRST_FAILURE])];
    return { scope: { path, start, items }, known: merge(exits.map((way) => way.known)), tasks: told };
  }

  /** What is made here must be ended here: a failure beside it may not stop that. */
  function isResource(task: string): boolean {
    const { kind } = graph.tasks.get(task)!.model;
    return kind === 'setup' || kind === 'teardown';
  }

  function settleAll(children: readonly Tree[], known: Knowledge): Settled | undefined {
    const ended: Settled['ended'][number][] = [];
    for (const child of children) {
      const settled = settle(child, known, semantics);
      if (!settled) return undefined;
      known = settled.known;
      ended.push(...settled.ended);
    }
    return { known, ended };
  }
}

interface LaidBranch {
  readonly scope: Scope;
  /** What is known at its end. */
  readonly known: Knowledge;
  /** The tasks that it tells something of: its own, and those behind it that it decided. */
  readonly tasks: readonly string[];
}

/** What is known behind a Parallel. A task that several branches decided is skipped if one of them said so. */
function afterAll(branches: readonly LaidBranch[], before: Knowledge): Knowledge {
  const told = new Map<string, States>();
  for (const { known, tasks } of branches) {
    for (const task of tasks) {
      const [said, states] = [told.get(task), knows(known, task)];
      told.set(task, said === undefined ? states : said === SKIPPED || states === SKIPPED ? SKIPPED : said | states);
    }
  }
  return [...told].reduce((k, [task, states]) => learn(k, task, states), before);
}
