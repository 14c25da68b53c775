import { describe, expect, test } from '@jest/globals';
import { Visits } from '../../asl/history/visits.ts';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import {
  Dag,
  type ParamDeclaration,
  param,
  type TaskGroup,
  type TaskRef,
  type TriggerRule,
} from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { endStates } from '../../report/end-states.ts';
import { aws } from '../../tasks/index.ts';
import { sized, testOfAll } from '../sized.ts';
import { recorded } from './recorded.ts';

/** A run of Apache Airflow as it came out of it: the compiled machine must run the same tasks and end the same way. */
interface AirflowRun {
  readonly id: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly rule?: TriggerRule;
    readonly deps?: readonly string[];
    readonly kind?: 'task' | 'branch' | 'short' | 'shortdirect' | 'setup' | 'teardown';
    readonly group?: string;
  }[];
  readonly groups?: readonly { readonly id: string; readonly group?: string; readonly deps?: readonly string[] }[];
  readonly outcome: { readonly [task: string]: string | boolean | readonly string[] };
  /** Of a DAG with groups: each task's direct upstreams. */
  readonly upstream?: { readonly [task: string]: readonly string[] };
  readonly states: { readonly [task: string]: string };
  readonly ran: readonly string[];
  readonly run: string;
}

const SKIP = 'AirflowSkipException';
const work = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });

function dagOf({ tasks, groups = [] }: AirflowRun): Dag {
  const decisions = tasks.filter(({ kind }) => kind === 'branch' || kind?.startsWith('short'));
  const params = Object.fromEntries(
    decisions.map(({ id }): [string, ParamDeclaration] => [id, param.json({ default: null })]),
  );
  const dag = new Dag('recorded', { params });
  const handles = new Map<string, TaskRef | TaskGroup>();
  const places = new Map<string | undefined, Dag | TaskGroup>([[undefined, dag as Dag]]);
  const within = (id: string, group: string | undefined) => (group ? id.slice(group.length + 1) : id);
  for (const { id, group } of groups) {
    const made = places.get(group)!.taskGroup(within(id, group));
    places.set(id, made);
    handles.set(id, made);
  }
  const setups = new Set(tasks.filter(({ kind }) => kind === 'setup').map(({ id }) => id));
  for (const { id: full, kind, rule, deps = [], group } of tasks) {
    const spec = { skipOn: [SKIP], ...(rule && kind !== 'teardown' && { triggerRule: rule }) };
    const decided: unknown = full in params ? dag.params[full as never] : undefined;
    const [chosen, number] = [decided as string[], decided as number];
    const [place, id] = [places.get(group)!, within(full, group)];
    const add = {
      task: () => place.task(id, work, spec),
      setup: () => place.setup(id, work, spec),
      teardown: () =>
        place.teardown(id, work, {
          ...spec,
          setups: deps.filter((dep) => setups.has(dep)).map((dep) => handles.get(dep)!),
        }),
      branch: () => place.branch(id, () => chosen, spec),
      short: () => place.shortCircuit(id, () => number < GO_ON, spec),
      shortdirect: () => place.shortCircuit(id, () => number < GO_ON, { ...spec, ignoreDownstreamTriggerRules: false }),
    };
    handles.set(full, add[kind ?? 'task']());
  }
  for (const { id, deps = [] } of [...tasks, ...groups])
    for (const dep of deps) handles.get(id)!.after(handles.get(dep)!);
  return dag;
}

const GO_ON = 5;

/** What decisions read: a branch the ids that it chose, a short circuit a number that is compared; of one that fails null. */
function paramsOf({ tasks, outcome }: AirflowRun): Record<string, unknown> {
  const downstreams = (of: string) => tasks.filter(({ deps }) => deps?.includes(of)).map(({ id }) => id);
  const given = tasks.flatMap(({ id, kind }): [string, unknown][] => {
    const what = outcome[id];
    if (what === 'failed') return [];
    if (kind === 'branch') return [[id, what ?? downstreams(id)]];
    return kind?.startsWith('short') ? [[id, what === false ? GO_ON : 0]] : [];
  });
  return Object.fromEntries(given);
}

async function runOf(one: AirflowRun) {
  const { files } = compileDag(dagOf(one));
  const machine = JSON.parse(files.get('step_function.json') as string) as StateMachine;
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  const visits = new Visits();
  const known = new Set(one.tasks.map(({ id }) => id));
  const { status, stoppedAt, events } = await interpret(machine, {
    input: { params: paramsOf(one) as never },
    clock: createVirtualClock(0),
    random: () => 0.5,
    onEvent: (event) => visits.add(event),
    tasks: ({ state }) => {
      const what = one.outcome[state];
      return what === 'failed' ? { error: 'Boom' } : what === 'skipped' ? { error: SKIP } : { result: {} };
    },
  });
  const entered = events.filter(({ type }) => type.endsWith('StateEntered')).map(({ name }) => name as string);
  // What a report says of each task, those that were passed over among them.
  const ends = endStates({ manifest, visits: visits.all, status, stoppedAt });
  const states = Object.fromEntries(ends.map(({ task, state }) => [task, state]));
  return { ran: [...new Set(entered)].filter((name) => known.has(name)).sort(), run: status, states };
}

async function differences(runs: readonly AirflowRun[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const one of runs) {
    const { ran, run, states } = await runOf(one);
    if (run !== one.run || ran.join() !== [...one.ran].sort().join())
      wrong.push(`${one.id}: ran ${ran.join()} and ${run}, recorded ${[...one.ran].sort().join()} and ${one.run}`);
    for (const [task, state] of Object.entries(one.states))
      if (states[task] !== state) wrong.push(`${one.id}: ${task} ended ${states[task]}, recorded ${state}`);
  }
  return wrong;
}

/** What docs/airflow.md names as different: `all_success` over a failure and a skip, and what a branch may choose. */
function isDifferent({ tasks, groups = [], outcome, upstream = {}, states }: AirflowRun): boolean {
  const overBoth = ({ id, rule = 'all_success' }: AirflowRun['tasks'][number]) => {
    const ends = (upstream[id] ?? []).map((up) => states[up]);
    return rule === 'all_success' && ends.includes('skipped') && ends.some((end) => end?.endsWith('failed'));
  };
  const known = [...tasks, ...groups].map(({ id }) => id);
  const isElsewhere = (branch: string, chosen: string) =>
    known.includes(chosen) && !groups.some(({ id }) => id === chosen) && !upstream[chosen]?.includes(branch);
  const oddChoice = ({ id, kind }: AirflowRun['tasks'][number]) =>
    kind === 'branch' &&
    (outcome[id] === 'skipped' || [outcome[id]].flat().some((one) => isElsewhere(id, String(one))));
  return tasks.some((task) => overBoth(task) || oddChoice(task));
}

describe('Airflow’s own runs', () => {
  const { cases: plain } = recorded<AirflowRun>('airflow');
  const { cases: mapped } = recorded<AirflowRun>('mapped');
  const grouped = mapped
    .filter(({ id }) => /^branches_(to_group|odd_choice|short_over_group)/.test(id))
    .filter((one) => !isDifferent(one));
  const some = plain.filter((_, i) => i % sized(5, 1) === 0);
  test(`${some.length} recorded runs`, async () => expect(await differences(some)).toEqual([]));

  testOfAll(`${grouped.length} recorded runs of branches to groups`, async () => {
    expect(grouped.length).toBeGreaterThan(20);
    expect(await differences(grouped)).toEqual([]);
    for (const one of grouped) {
      const { files } = compileDag(dagOf(one));
      const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
      const upstream = Object.fromEntries(manifest.tasks.map(({ id, upstreams }) => [id, upstreams]));
      expect(upstream).toEqual(one.upstream);
    }
  });
});
