import type { Decision } from '../../../authoring/internal.ts';
import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import type { Draft, DraftTask } from '../graph.ts';
import { chosenIds } from '../groups.ts';
import type { GraphRule } from './index.ts';

/** A branch has something to decide, and may choose each task right behind it. */
export const decisions: GraphRule = (draft) =>
  // Where something is wrong that was declared, what is missing may be no mistake of its own.
  draft.model.faults.some(({ severity }) => severity === 'error')
    ? []
    : [...draft.tasks.values()].flatMap((task) => ofDecision(draft, task));

function ofDecision({ tasks }: Draft, { model }: DraftTask): Diagnostic[] {
  const { id, place, decision, kind } = model;
  if (decision === undefined) return [];
  const at = { task: id, place };
  const what = kind === 'short_circuit' ? 'short circuit' : 'branch';
  const behind = [...tasks.values()].filter(({ upstreams }) => upstreams.has(id));
  if (behind.length === 0) {
    // What it chooses and is not behind it is told as such.
    const isTold = decision.kind === 'cases' && chosenIds(decision).length > 0;
    return isTold ? [] : [diagnose('DAG157', { branch: id, what, how: 'nothing stands behind it' }, at)];
  }
  if (decision.kind !== 'cases') return [];
  const answers = [...decision.cases.map(({ chosen }) => chosen), decision.otherwise];
  const different = new Set(answers.map((one) => [...new Set(one)].sort().join('\n')));
  const [same] = different.size === 1 ? answers : [];
  if (same)
    return [
      diagnose(
        'DAG157',
        { branch: id, what, how: `it chooses ${same.length ? listed(same) : 'nothing'} in any case` },
        at,
      ),
    ];
  return [...ofTwice(id, answers, at), ...ofNever(decision, id, behind, tasks)];
}

/** What is named twice wherever it is named: lists that are put together may share a task in some of the cases. */
function ofTwice(
  id: string,
  answers: readonly (readonly string[])[],
  at: Parameters<typeof diagnose>[2],
): Diagnostic[] {
  const isTwice = (one: string, answer: readonly string[]) => answer.filter((other) => other === one).length > 1;
  const twice = [...new Set(answers.flat())].filter((one) =>
    answers.every((answer) => !answer.includes(one) || isTwice(one, answer)),
  );
  return twice.map((one) => diagnose('DAG159', { where: `The branch "${id}"`, task: `"${one}"` }, at));
}

/** What is behind a task that is chosen goes on by its rule, also where it stands right behind the branch, too: a join. */
function ofNever(
  decision: Decision & { readonly kind: 'cases' },
  branch: string,
  behind: readonly DraftTask[],
  tasks: Draft['tasks'],
): Diagnostic[] {
  const chosen = new Set(chosenIds(decision).flatMap((one) => [one, ...(decision.groups?.[one] ?? [])]));
  // What it chooses and is not behind it is told as such.
  if (![...chosen].some((one) => behind.some(({ model }) => model.id === one))) return [];
  return behind
    .filter(({ model }) => model.kind !== 'teardown' && !isBehind(model.id, chosen, tasks))
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

/** Whether a task is one of these, or waits for one of them, directly or through others. */
function isBehind(id: string, these: ReadonlySet<string>, tasks: Draft['tasks']): boolean {
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

/** What the cases of a branch choose stands right downstream of it. What is computed is checked when the run gets there. */
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
