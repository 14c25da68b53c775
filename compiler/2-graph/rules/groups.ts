import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** No task has a group's id, no group is linked with what is in it, and a link with an empty group says nothing. */
export const groups: GraphRule = ({ model, tasks, groups: members }) => [
  ...model.groups
    .filter(({ id }) => tasks.has(id))
    .map(({ id, place }) => diagnose('DAG131', { id, earlier: tasks.get(id)!.model.place, as: 'task' }, { place })),
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
