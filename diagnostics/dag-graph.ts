import { entry, type Place } from './diagnostic.ts';
import { didYouMean, listed } from './did-you-mean.ts';

const quoted = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ');
const atLine = (place: Place | undefined) => (place ? `, at line ${place.line}` : '');

/** DAG130 to DAG138, DAG157 to DAG160: groups, branches and dependencies. */
export const DAG_GRAPH = {
  DAG130: entry<{ branch: string; group: string; first: readonly string[]; within: boolean }>({
    severity: 'error',
    title: 'A branch chooses a group that is not right downstream of it',
    message: ({ branch, group, first, within }) => {
      if (first.length === 0) return `The branch "${branch}" chooses the group "${group}", which has no task.`;
      if (within) return `The branch "${branch}" chooses the group "${group}", which it is in itself.`;
      return `The branch "${branch}" chooses the group "${group}", but none of the group’s first tasks (${quoted(first)}) is right downstream of it.`;
    },
    why: 'To choose a group is to go on with its first tasks. A branch decides which of the tasks right behind it run; it has no say over others.',
    remedy: ({ branch, group, first, within }) => {
      if (first.length === 0) return `Place a task in it, \`${group}.task(…)\`, or do not choose it.`;
      return within
        ? 'Choose tasks of the group that stand behind the branch, or place the branch outside of the group.'
        : `Write \`.after(${branch})\` at the group.`;
    },
  }),
  DAG131: entry<{ id: string; earlier: Place | undefined; as: 'group' | 'task' }>({
    severity: 'error',
    title: 'A group with an id that is taken',
    message: ({ id, earlier, as }) => `There is already a ${as} "${id}"${atLine(earlier)}.`,
    why: 'Branches choose groups and tasks by their ids, and drawings show them by these: as in Airflow, no two are the same.',
    remedy: ({ as }) =>
      as === 'group'
        ? 'Keep what `taskGroup(…)` answered the first time and place the tasks in it, or give this group another id.'
        : 'Give one of them another id.',
  }),
  DAG132: entry<{ given: 'list' } | { given: 'group'; group: string; other: string }>({
    severity: 'warning',
    title: 'A dependency on nothing',
    message: (args) =>
      args.given === 'group'
        ? `"${args.other}" is linked with the group "${args.group}", which has no task.`
        : 'chain(…) was given an empty list.',
    why: 'There is nothing that waits or is waited for, so that what stands before it and what stands behind it are not linked, as in Airflow.',
    remedy: () => 'Link what is before it with what is behind it where there may be nothing in between.',
  }),
  DAG133: entry<{ word: 'if' | 'switch'; hasCases: boolean }>({
    severity: 'error',
    title: 'A branch without tasks',
    message: ({ word, hasCases }) =>
      hasCases ? `dag.${word}(…) names no task.` : `dag.${word}(…) has no ${word === 'if' ? '.then(…)' : '.case(…)'}.`,
    why: 'A branch decides which tasks run; without a case and a task there is nothing to decide.',
    remedy: ({ word }) =>
      word === 'if'
        ? 'Write `dag.if(() => …).then(task)`, with `.else(other)` behind it if you like.'
        : 'Write `dag.switch(() => …).case(value, task).default(other)`.',
  }),
  DAG134: entry<{ what: string }>({
    severity: 'error',
    title: 'A case that is there already',
    message: ({ what }) => `${what} is there already.`,
    why: 'The first case that holds is taken, so that a second one of the same value is never reached; and what runs where none holds is said once.',
    remedy: () => 'Give one call all the tasks, `.case(value, a, b)`, or remove one of the two.',
  }),
  /** `kind` is 'enum' where it is over a param (`of`) that has one of some values, else the kind of its value. */
  DAG135: entry<{ value: string; kind: string; of?: string; given?: string; values?: readonly string[] }>({
    severity: 'error',
    title: 'A case whose value the switch cannot have',
    message: ({ value, kind, of }) => {
      if (kind === 'enum') return `${value} cannot be a case of a switch over ${of}: it is none of its values.`;
      return kind === 'any' ? `${value} cannot be a case.` : `${value} cannot be a case of a switch over a ${kind}.`;
    },
    why: 'A case is compared as `===` does, without converting: it would never hold.',
    remedy: ({ kind, given = '', values = [] }) => {
      if (kind === 'enum')
        return `${didYouMean(given, values)}Its values are ${listed(values.map((one) => JSON.stringify(one)))}.`;
      return kind === 'text' || kind === 'number'
        ? `Give a ${kind} that is known now.`
        : 'A switch is over a text or a number; give a value of its kind. For a condition write `dag.if(() => …)`.';
    },
  }),
  DAG136: entry<{ group: string; other: string }>({
    severity: 'error',
    title: 'A group linked with what is in it',
    message: ({ group, other }) => `The group "${group}" is linked with "${other}", which is in it.`,
    why: 'A dependency on a group is one on its first or its last tasks: they would wait for themselves.',
    remedy: () => 'Link tasks within the group with each other, and the group with what is outside of it.',
  }),
  DAG137: entry<object>({
    severity: 'error',
    title: 'An if that is awaited',
    message: () => 'dag.if(…) is awaited, or answered by an async function.',
    why: 'It has a `then`, so that JavaScript takes it for a promise. Nothing in a DAG file is waited for: it only declares.',
    remedy: () => 'Write `dag.if(() => …).then(task)` without `await`.',
  }),
  DAG138: entry<{ value: string }>({
    severity: 'error',
    title: 'A branch that chooses something that is no task',
    message: ({ value }) => `This branch chooses ${value}.`,
    why: 'A branch answers which of the tasks and groups right downstream of it the run goes on with: their handles, their ids, or a list of these.',
    remedy: () =>
      'Answer tasks of this DAG, `() => (condition ? a : [b, c])`; for none of them an empty list, `[]`. For a condition alone write `dag.if(() => …)` or `dag.shortCircuit(id, () => …)`.',
  }),
  DAG157: entry<{ branch: string; what: 'branch' | 'short circuit'; how: string }>({
    severity: 'warning',
    title: 'A branch that decides nothing',
    message: ({ branch, what, how }) => `The ${what} "${branch}" decides nothing: ${how}.`,
    why: 'It is a state of the machine, and a task of the run, without an effect.',
    remedy: ({ what }) =>
      what === 'branch'
        ? 'Put what it is to choose right behind it, `.before(a, b)`, and choose one or another: `() => (condition ? a : b)`; or leave it out.'
        : 'Put what it is to hold back behind it, `task.after(shortCircuit)`, or leave it out.',
  }),
  DAG158: entry<{ task: string; branch: string; chosen: readonly string[] }>({
    severity: 'warning',
    title: 'A task that a branch never chooses',
    message: ({ task, branch, chosen }) =>
      `"${task}" stands right behind the branch "${branch}", which chooses ${chosen.length ? quoted(chosen) : 'nothing'} and never it, nor anything before it: it is always skipped.`,
    why: 'As in Airflow, what stands right behind a branch is skipped, whatever its trigger rule, where neither it nor a task before it is chosen; to read the output of a branch is to stand right behind it.',
    remedy: ({ branch }) =>
      `Choose it in a case; or, where it is to run in any case, put it behind what "${branch}" chooses, with the trigger rule none_failed_min_one_success.`,
  }),
  DAG159: entry<{ where: string; task: string }>({
    severity: 'warning',
    title: 'A task that a choice names twice',
    message: ({ where, task }) => `${where} names ${task} twice.`,
    why: 'The second says nothing; mostly another task was meant.',
    remedy: () => 'Leave it out, or name the task that was meant.',
  }),
  DAG160: entry<{ group: string }>({
    severity: 'warning',
    title: 'A group without tasks',
    message: ({ group }) => `The group "${group}" has no task.`,
    why: 'A task is in a group where it is placed with it: `group.task(…)`, and not `dag.task(…)`.',
    remedy: ({ group }) => `Place tasks in it, \`${plainName(group)}.task(id, template)\`, or leave it out.`,
  }),
};

/** As a variable of the user's may be called. */
function plainName(id: string): string {
  return id.replace(/^.*\./, '').replaceAll(/\W/g, '_');
}
