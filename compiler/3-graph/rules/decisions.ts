import type { Decision } from '../../../authoring/internal.ts';
import { type Diagnostic, diagnose, isError } from '../../../diagnostics/index.ts';
import type { Draft, DraftTask } from '../graph.ts';
import { chosenIds } from '../groups.ts';
import type { GraphRule } from './index.ts';

/** A branch has something to decide, and may choose each task right downstream of it. */
export const decisions: GraphRule = (draft) =>
  // A fault in a declaration may be the reason why something is missing here.
  draft.model.faults.some(isError) ? [] : [...draft.tasks.values()].flatMap((task) => ofDecision(draft, task));

function ofDecision({ tasks }: Draft, { model }: DraftTask): Diagnostic[] {
  const { id, place, decision, kind } = model;
  if (decision === undefined) return [];
  const at = { task: id, place };
  const what = kind === 'short_circuit' ? 'short circuit' : 'branch';
  const downstreams = [...tasks.values()].filter(({ upstreams }) => upstreams.has(id));
  if (downstreams.length === 0) {
    // The rule `branchTargets` reports a chosen task that is not downstream.
    const isReported = decision.kind === 'cases' && chosenIds(decision).length > 0;
    return isReported ? [] : [diagnose('DAG157', { branch: id, what, how: 'nothing stands behind it' }, at)];
  }
  if (decision.kind !== 'cases') return [];
  const choices = [...decision.cases.map(({ chosen }) => chosen), decision.otherwise];
  const different = new Set(choices.map((one) => [...new Set(one)].sort().join('\n')));
  const [same] = different.size === 1 ? choices : [];
  if (same)
    return [
      diagnose(
        'DAG157',
        { branch: id, what, how: `it chooses ${same.length ? listed(same) : 'nothing'} in any case` },
        at,
      ),
    ];
  return [...ofTwice(id, choices, at), ...ofNever(decision, id, downstreams, tasks)];
}

/** A task that every case which chooses it names twice. One that only some cases repeat is allowed: lists that are joined may share a task. */
function ofTwice(
  id: string,
  choices: readonly (readonly string[])[],
  at: Parameters<typeof diagnose>[2],
): Diagnostic[] {
  const isTwice = (one: string, choice: readonly string[]) => choice.filter((other) => other === one).length > 1;
  const twice = [...new Set(choices.flat())].filter((one) =>
    choices.every((choice) => !choice.includes(one) || isTwice(one, choice)),
  );
  return twice.map((one) => diagnose('DAG159', { where: `The branch "${id}"`, task: `"${one}"` }, at));
}

/**
 * The tasks right downstream of a branch that no case chooses. One that is also downstream of a chosen task is a join, which its trigger rule
 * decides on.
 */
function ofNever(
  decision: Decision & { readonly kind: 'cases' },
  branch: string,
  downstreams: readonly DraftTask[],
  tasks: Draft['tasks'],
): Diagnostic[] {
  const chosen = new Set(chosenIds(decision).flatMap((one) => [one, ...(decision.groups?.[one] ?? [])]));
  // The rule `branchTargets` reports chosen tasks that are not downstream.
  if (![...chosen].some((one) => downstreams.some(({ model }) => model.id === one))) return [];
  return downstreams
    .filter(({ model }) => model.kind !== 'teardown' && !isDownstream(model.id, chosen, tasks))
    .map((one) =>
      diagnose(
        'DAG158',
        { task: one.model.id, branch, chosen: chosenIds(decision) },
        {
          task: one.model.id,
          place: one.model.place,
        },
      ),
    );
}

/** Whether a task is one of these, or downstream of one of them, directly or through others. */
function isDownstream(id: string, these: ReadonlySet<string>, tasks: Draft['tasks']): boolean {
  const seen = new Set([id]);
  for (const one of seen) {
    if (these.has(one)) return true;
    for (const up of tasks.get(one)?.upstreams ?? []) seen.add(up);
  }
  return false;
}

function listed(ids: readonly string[]): string {
  return [...new Set(ids)].map((id) => `"${id}"`).join(', ');
}

/** What the cases of a branch choose is right downstream of it. What is computed is checked when the run gets there. */
export const branchTargets: GraphRule = ({ tasks, groups }) =>
  [...tasks.values()].flatMap(({ model: { id, place, decision } }): Diagnostic[] => {
    if (decision?.kind !== 'cases') return [];
    const downstreams = [...tasks].filter(([, { upstreams }]) => upstreams.has(id)).map(([down]) => down);
    const isRight = (one: string) => downstreams.includes(one) || decision.groups?.[one] !== undefined;
    return chosenIds(decision)
      .filter((one) => !isRight(one))
      .map((one) => {
        if (!groups.has(one) || tasks.has(one))
          return diagnose('DAG035', { branch: id, chosen: one, downstreams }, { task: id, place });
        const first = groups.firstOf(one, tasks);
        return diagnose(
          'DAG130',
          { branch: id, group: one, first, within: groups.of(one).has(id) },
          { task: id, place },
        );
      });
  });
