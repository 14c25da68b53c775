import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { Dag, param, type TaskGroup, type TaskRef } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';
import { type OracleTask, tell } from './airflow.ts';

/**
 * DAGs with groups, groups within them, dependencies on both, and a branch that chooses tasks and groups: the same tasks run as where each
 * dependency on a group is written out as those on its first or last tasks, and each choice of a group as its first tasks.
 */
const WORK = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const GROUPS = ['g', 'g.h', 'k'];

interface Grouped {
  /** Of each task the group that it is in. Task 0 is the branch. */
  readonly groups: readonly (string | undefined)[];
  readonly deps: readonly (readonly number[])[];
  /** Dependencies with a group at an end. */
  readonly links: readonly (readonly [from: number | string, to: number | string])[];
  readonly chosen: readonly (number | string)[];
  readonly fails: readonly number[];
}

const grouped: fc.Arbitrary<Grouped> = fc
  .record({
    tasks: fc.array(
      fc.record({
        group: fc.constantFrom(undefined, ...GROUPS),
        deps: fc.array(fc.nat({ max: 7 }), { maxLength: 2 }),
        fails: fc.nat({ max: 4 }),
      }),
      { minLength: 3, maxLength: 7 },
    ),
    links: fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 5 }),
    chosen: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
  })
  .map(({ tasks, links, chosen }): Grouped => {
    const groups = [undefined, ...tasks.map(({ group }) => group)];
    const membersOf = (end: number | string) =>
      typeof end === 'number' ? [end] : groups.flatMap((group, i) => (isIn(group, end) ? [i] : []));
    const ends = [...GROUPS, ...groups.keys()].filter((end) => membersOf(end).length > 0);
    const end = (n: number) => ends[n % ends.length] as number | string;
    // Forward only, so that there is no cycle.
    const forward = (from: number | string, to: number | string) =>
      Math.max(...membersOf(from)) < Math.min(...membersOf(to)) && (typeof from === 'string' || typeof to === 'string');
    return {
      groups,
      deps: [[], ...tasks.map(({ deps }, i) => [...new Set(deps.filter((d) => d <= i))])],
      links: links.map(([a, b]) => [end(a), end(b)] as const).filter(([a, b]) => forward(a, b)),
      chosen: chosen.map(end),
      fails: tasks.flatMap(({ fails }, i) => (fails === 0 ? [i + 1] : [])),
    };
  });

function isIn(group: string | undefined, around: string): boolean {
  return group === around || group?.startsWith(`${around}.`) === true;
}

/** With the dependencies on groups written out. Links within a group come before links of the group. */
function writtenOut({ groups, deps, links }: Grouped): number[][] {
  const out = deps.map((own) => [...own]);
  const common = ([from, to]: Grouped['links'][number]) => {
    const [a, b] = [around(from), around(to)];
    return a.filter((group) => b.includes(group)).length;
  };
  const around = (end: number | string) =>
    GROUPS.filter((group) => (typeof end === 'string' ? end.startsWith(`${group}.`) : isIn(groups[end], group)));
  for (const [from, to] of links
    .map((link) => ({ link, n: common(link) }))
    .sort((a, b) => b.n - a.n)
    .map(({ link }) => link)) {
    const last = typeof from === 'number' ? [from] : lastOf(from);
    for (const i of typeof to === 'number' ? [to] : firstOf(to, groups, out))
      out[i] = [...new Set([...(out[i] as number[]), ...last])];
  }
  return out;

  function lastOf(group: string): number[] {
    const inside = groups.flatMap((one, i) => (isIn(one, group) ? [i] : []));
    return inside.filter((i) => !inside.some((j) => out[j]!.includes(i)));
  }
}

function firstOf(group: string, groups: Grouped['groups'], deps: readonly (readonly number[])[]): number[] {
  const inside = groups.flatMap((one, i) => (isIn(one, group) ? [i] : []));
  return inside.filter((i) => !deps[i]!.some((d) => inside.includes(d)));
}

/** What the branch may choose: what is right downstream of it, and groups with a task that is. */
function choosable({ groups, chosen }: Grouped, deps: readonly (readonly number[])[]): (number | string)[] {
  const isRight = (i: number) => deps[i]!.includes(0);
  return chosen.filter((one) =>
    typeof one === 'number' ? isRight(one) : groups.some((group, i) => isIn(group, one) && isRight(i)),
  );
}

function dagOf({ groups, deps, links }: Grouped): Dag {
  const dag = new Dag('grouped', { params: { chosen: param.json<string[]>() } });
  const places = new Map<string | undefined, Dag | TaskGroup>([[undefined, dag as Dag]]);
  for (const id of GROUPS)
    places.set(id, places.get(id.split('.').slice(0, -1).join('.') || undefined)!.taskGroup(id.split('.').at(-1)!));
  const handles: TaskRef[] = groups.map((group, i) =>
    i === 0 ? dag.branch('t0', () => dag.params.chosen) : places.get(group)!.task(`t${i}`, WORK),
  );
  handles.forEach((handle, i) => void handle.after(deps[i]!.map((d) => handles[d]!)));
  const handle = (end: number | string) => (typeof end === 'number' ? handles[end]! : (places.get(end) as TaskGroup));
  for (const [from, to] of links) handle(to).after(handle(from));
  return dag;
}

test('dependencies on groups and choices of groups are those on their first and last tasks', async () => {
  let choices = 0;
  await fc.assert(
    fc.asyncProperty(grouped, async (story) => {
      const deps = writtenOut(story);
      const chosen = choosable(story, deps);
      choices += chosen.filter((one) => typeof one === 'string').length;
      const chooses = chosen.flatMap((one) => (typeof one === 'number' ? [one] : firstOf(one, story.groups, deps)));
      const told = tell({
        failFast: false,
        tasks: deps.map((own, i): OracleTask => {
          const outcome = i === 0 ? { chooses } : story.fails.includes(i) ? 'failed' : 'success';
          return { kind: i === 0 ? 'branch' : 'task', rule: 'all_success', deps: own, outcome };
        }),
      });
      const ids = story.groups.map((group, i) => (group ? `${group}.t${i}` : `t${i}`));
      const machine = JSON.parse(compileDag(dagOf(story)).files.get('step_function.json') as string) as StateMachine;
      const { status, events } = await interpret(machine, {
        input: { params: { chosen: chosen.map((one) => (typeof one === 'number' ? ids[one]! : one)) } },
        clock: createVirtualClock(0),
        random: () => 0.5,
        tasks: ({ state }) => (story.fails.includes(ids.indexOf(state)) ? { error: 'Boom' } : { result: {} }),
      });
      const entered = new Set(events.flatMap(({ type, name }) => (type.endsWith('StateEntered') ? [name] : [])));
      const ran = ids.flatMap((id, i) => (entered.has(id) ? [i] : []));
      expect({ ran, failed: status !== 'SUCCEEDED' }).toEqual({ ran: told.ran, failed: told.failed });
    }),
    { numRuns: 800 },
  );
  expect(choices).toBeGreaterThan(10);
}, 600_000);
