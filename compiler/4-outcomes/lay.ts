import { type Tree, tasksOf } from '../3-plan/tree.ts';
import { BAD, FAILED, SKIPPED, type States } from './end-state.ts';
import { assume, endsAs, evaluate, exclude, judge, type Knowledge, knows, learn, merge, NOTHING } from './knowledge.ts';
import { oneGuardOf } from './one-guard.ts';
import type { Guard, Item, Outcomes, ParallelItem, Question, Scope, Target, TaskItem, Way } from './outcomes.ts';
import type { Semantics } from './semantics.ts';
import { type Settled, settle } from './settle.ts';

/** Where a piece of the plan is laid: in which scope, and what comes behind it there. */
interface Site {
  readonly path: readonly number[];
  readonly items: Item[];
  /** Behind it in the machine's own scope, the nearest last; undefined in a branch of a Parallel, where every failure is caught. */
  readonly behind: readonly Tree[] | undefined;
}

export type Laid = Pick<Outcomes, 'body' | 'fails'> & {
  readonly checks: readonly Question[];
  readonly scopes: ReadonlyMap<string, readonly number[]>;
};

/**
 * Lays the ways through the plan. Each carries what is known on it, so that it goes straight to the first state that may still run, and
 * a question is asked only where the answer depends on the run.
 */
export function lay(tree: Tree, semantics: Semantics): Laid {
  const scopes = new Map<string, readonly number[]>();
  let fails = false;
  const checks: Question[] = [];

  const start = newWay(NOTHING);
  const items: Item[] = [];
  const ends = layNode(tree, [start], { path: [], items, behind: [] });
  for (const way of ends) {
    const failed = evaluate(runFails(), way.known);
    way.target = { to: failed === undefined ? 'check' : failed ? 'fail' : 'succeed' };
    if (failed === undefined) checks.push({ when: runFails(), known: way.known });
    if (failed !== false) fails = true;
  }
  return { body: { path: [], start, items }, fails, checks, scopes };

  function runFails(): Question['when'] {
    return { quantifier: 'any', tasks: semantics.leaves, in: BAD };
  }

  function layNode(node: Tree, ways: readonly Way[], site: Site): Way[] {
    if (ways.length === 0) return [];
    if (node.kind === 'task') return layTask(node.id, ways, site);
    if (node.kind === 'par') return laySiblings(node.children, ways, site);
    return node.children.reduce<Way[]>(
      (open, child, i) => {
        const behind = site.behind && [...site.behind, ...node.children.slice(i + 1).reverse()];
        return layNode(child, open, { ...site, behind });
      },
      [...ways],
    );
  }

  function layTask(id: string, ways: readonly Way[], site: Site): Way[] {
    scopes.set(id, site.path);
    const reasons = semantics.reasons(id);
    const passing: Way[] = [];
    const running: Way[] = [];
    const asking: Way[] = [];
    for (const way of ways) {
      const verdict = judge(reasons, way.known);
      if (verdict === 'runs') running.push(way);
      else if (verdict === 'depends') asking.push(way);
      else passing.push(pass(way, { known: endsAs(way.known, id, verdict), ended: [{ task: id, state: verdict }] }));
    }
    if (running.length + asking.length === 0) return passing;
    const entries = running.map(({ known }) => known);
    const questions: Guard['questions'][number][] = [];
    if (asking.length > 0) {
      let known = merge(asking.map((way) => way.known));
      for (const { when, then } of reasons) {
        const holds = evaluate(when, known);
        if (holds === false) continue;
        const way = newWay(endsAs(assume(when, known), id, then), { task: id, state: then });
        questions.push({ when, known, way });
        known = exclude(when, known, semantics);
      }
      entries.push(known);
    }
    const known = merge(entries);
    const canSkip = (semantics.ends(id) & SKIPPED) !== 0;
    const item: TaskItem = {
      kind: 'task',
      id,
      guard: questions.length > 0 ? { questions } : undefined,
      next: newWay(known),
      failed: endsAlone(id, known, site)
        ? undefined
        : newWay(endsAs(known, id, 'failed'), { task: id, state: 'failed' }),
      skipped: canSkip ? newWay(endsAs(known, id, 'skipped'), { task: id, state: 'skipped' }) : undefined,
    };
    site.items.push(item);
    aim(running, { to: 'state', item });
    aim(asking, { to: 'guard', item });
    return [
      ...questions.map(({ way }) => way),
      ...passing,
      ...[item.failed, item.skipped].filter((way) => way !== undefined),
      item.next,
    ];
  }

  /** Whether a failure may end the execution by itself: it leaves nothing to run, nothing is recorded yet, and the run is sure to fail. */
  function endsAlone(id: string, known: Knowledge, { behind }: Site): boolean {
    if (!behind || semantics.isTeardown(id)) return false;
    if ([...known.values()].some((states) => states & FAILED)) return false;
    let after = endsAs(known, id, 'failed');
    for (const node of [...behind].reverse()) {
      const settled = settle(node, after, semantics);
      if (!settled) return false;
      after = settled.known;
    }
    return evaluate(runFails(), after) === true;
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
    const known = merge(entering.map((way) => way.known));
    const dead = children.filter((child) => settle(child, known, semantics));
    const alive = children.filter((child) => !dead.includes(child));
    for (const task of dead.flatMap(tasksOf)) if (!scopes.has(task)) scopes.set(task, site.path);
    const inside = entering.map((way) => pass(way, settleAll(dead, way.known) as Settled));
    if (alive.length === 1) return [...passing, ...layNode(alive[0] as Tree, inside, site)];
    return [...passing, ...layParallel(alive, inside, site)];
  }

  function layParallel(children: readonly Tree[], ways: readonly Way[], site: Site): Way[] {
    const before = merge(ways.map((way) => way.known));
    const one = oneGuardOf(children, before, semantics);
    const question = one && { ...one.question, way: newWay(one.passed) };
    const known = one ? exclude(one.question.when, before, semantics) : before;
    const branches = children.map((child, i) => layBranch(child, known, [...site.path, site.items.length, i]));
    const after = branches.flatMap(({ exits, tasks }) => {
      const merged = merge(exits.map((way) => way.known));
      return tasks.map((task): [string, States] => [task, knows(merged, task)]);
    });
    const item: ParallelItem = {
      kind: 'parallel',
      guard: question ? { questions: [question] } : undefined,
      branches: branches.map(({ scope }) => scope),
      next: newWay(after.reduce((k, [task, states]) => learn(k, task, states), known)),
    };
    site.items.push(item);
    aim(ways, { to: question ? 'guard' : 'state', item });
    return [...(question ? [question.way] : []), item.next];
  }

  function layBranch(
    tree: Tree,
    known: Knowledge,
    path: readonly number[],
  ): { scope: Scope; exits: Way[]; tasks: string[] } {
    const start = newWay(known);
    const items: Item[] = [];
    const exits = layNode(tree, [start], { path, items, behind: undefined });
    aim(exits, { to: 'exit' });
    return { scope: { path, start, items }, exits, tasks: tasksOf(tree) };
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

function newWay(known: Knowledge, ...ended: Way['ended']): Way {
  return { target: undefined, known, ended };
}

/** The same way, further along: what lies behind it so far did not run. */
function pass(way: Way, { known, ended }: Settled): Way {
  (way as { known: Knowledge }).known = known;
  way.ended.push(...ended);
  return way;
}

function aim(ways: readonly Way[], target: Target): void {
  for (const way of ways) way.target = target;
}
