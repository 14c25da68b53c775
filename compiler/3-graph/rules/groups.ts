import type { DagModel } from '../../../authoring/internal.ts';
import { diagnose, isError } from '../../../diagnostics/index.ts';
import { chosenIds, type GroupMembers } from '../groups.ts';
import type { GraphRule } from './index.ts';

/** No task has a group's id, no group is linked with a member of its own, and no link has an empty group at an end. */
export const groups: GraphRule = ({ model, tasks, groups: members }) => [
  ...model.groups
    .filter(({ id }) => tasks.has(id))
    .map(({ id, place }) => diagnose('DAG131', { id, earlier: tasks.get(id)!.model.place, as: 'task' }, { place })),
  ...model.groups
    .filter(({ id }) => !model.faults.some(isError) && isUnused(id, model, members))
    .map(({ id, place }) => diagnose('DAG160', { group: id }, { place })),
  ...model.groupLinks.flatMap(({ from, to, place }) =>
    [
      { end: from, other: to },
      { end: to, other: from },
    ].flatMap(({ end: { kind, id: group }, other }) => {
      if (kind === 'task') return [];
      const args = { group, other: other.id };
      if (members.around(other).includes(group)) return [diagnose('DAG136', args, { place })];
      return members.of(group).size > 0 ? [] : [diagnose('DAG132', { given: 'group', ...args }, { place })];
    }),
  ),
];

/**
 * Whether a group is empty and no dependency or branch names it: other rules report those. Of empty groups within one another the outermost
 * alone is reported.
 */
function isUnused(id: string, model: DagModel, members: GroupMembers): boolean {
  const isEmpty = (group: string) => members.of(group).size === 0;
  const isLinked = model.groupLinks.some((link) =>
    [link.from, link.to].some((end) => end.kind === 'group' && end.id === id),
  );
  const isChosen = model.tasks.some(({ decision }) => decision?.kind === 'cases' && chosenIds(decision).includes(id));
  return isEmpty(id) && !isLinked && !isChosen && !members.around({ kind: 'group', id }).some(isEmpty);
}
