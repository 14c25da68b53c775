import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { Visits } from '../../asl/trace/visits.ts';
import { Dag, type ParamDeclaration, param, type TaskRef, type TriggerRule } from '../../authoring/index.ts';
import type { Manifest } from '../../compiler/6-files/manifest.ts';
import { compileDag } from '../../compiler/index.ts';
import { endStates } from '../../local/report/end-states.ts';
import { aws } from '../../tasks/index.ts';

/**
 * Runs of Apache Airflow as they came out of it: the compiled machine must run the same tasks and end the same way. Read from ../shared,
 * which is not part of the project.
 */
const FILE = new URL('../../../shared/airflow/recorded.jsonl', import.meta.url);

interface Recorded {
  readonly id: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly rule?: TriggerRule;
    readonly deps: readonly string[];
    readonly kind?: 'task' | 'branch' | 'short' | 'shortdirect' | 'setup' | 'teardown';
  }[];
  readonly outcome: { readonly [task: string]: 'failed' | 'skipped' | false | readonly string[] };
  readonly states: { readonly [task: string]: string };
  readonly ran: readonly string[];
  readonly run: string;
}

const SKIP = 'AirflowSkipException';
const work = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });

function dagOf({ tasks }: Recorded): Dag {
  const decisions = tasks.filter(({ kind }) => kind === 'branch' || kind?.startsWith('short'));
  const params = Object.fromEntries(
    decisions.map(({ id }): [string, ParamDeclaration] => [id, param.json({ default: null })]),
  );
  const dag = new Dag('recorded', { params });
  const handles = new Map<string, TaskRef>();
  const setups = new Set(tasks.filter(({ kind }) => kind === 'setup').map(({ id }) => id));
  for (const { id, kind, rule, deps } of tasks) {
    const spec = { skipOn: [SKIP], ...(rule && kind !== 'teardown' && { triggerRule: rule }) };
    const decided: unknown = id in params ? dag.params[id as never] : undefined;
    const [chosen, number] = [decided as string[], decided as number];
    const add = {
      task: () => dag.task(id, work, spec),
      setup: () => dag.setup(id, work, spec),
      teardown: () =>
        dag.teardown(id, work, {
          ...spec,
          setups: deps.filter((dep) => setups.has(dep)).map((dep) => handles.get(dep)!),
        }),
      branch: () => dag.branch(id, () => chosen, spec),
      short: () => dag.shortCircuit(id, () => number < GO_ON, spec),
      shortdirect: () => dag.shortCircuit(id, () => number < GO_ON, { ...spec, ignoreDownstreamTriggerRules: false }),
    };
    handles.set(id, add[kind ?? 'task']());
    for (const dep of deps) handles.get(id)!.after(handles.get(dep)!);
  }
  return dag;
}

const GO_ON = 5;

/** What decisions read: a branch the ids that it chose, a short circuit a number that is compared; of one that fails null. */
function paramsOf({ tasks, outcome }: Recorded): Record<string, unknown> {
  const downstreams = (of: string) => tasks.filter(({ deps }) => deps.includes(of)).map(({ id }) => id);
  const given = tasks.flatMap(({ id, kind }): [string, unknown][] => {
    const what = outcome[id];
    if (what === 'failed') return [];
    if (kind === 'branch') return [[id, what ?? downstreams(id)]];
    return kind?.startsWith('short') ? [[id, what === false ? GO_ON : 0]] : [];
  });
  return Object.fromEntries(given);
}

async function runOf(recorded: Recorded) {
  const { files } = compileDag(dagOf(recorded));
  const machine = JSON.parse(files.get('step_function.json') as string) as StateMachine;
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  const visits = new Visits();
  const known = new Set(recorded.tasks.map(({ id }) => id));
  const { status, stoppedAt, events } = await interpret(machine, {
    input: { params: paramsOf(recorded) as never },
    clock: createVirtualClock(0),
    random: () => 0.5,
    onEvent: (event) => visits.add(event),
    tasks: ({ state }) => {
      const what = recorded.outcome[state];
      return what === 'failed' ? { error: 'Boom' } : what === 'skipped' ? { error: SKIP } : { result: {} };
    },
  });
  const entered = events.filter(({ type }) => type.endsWith('StateEntered')).map(({ name }) => name as string);
  // What a report says of each task, those that were passed over among them.
  const ends = endStates({ manifest, visits: visits.all, status, stoppedAt });
  const states = Object.fromEntries(ends.map(({ task, state }) => [task, state]));
  return { ran: [...new Set(entered)].filter((name) => known.has(name)).sort(), run: status, states };
}

if (existsSync(FILE)) {
  const recorded = readFileSync(FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
  describe('Airflow’s own runs', () => {
    test(`${recorded.length} recorded runs`, async () => {
      const wrong: string[] = [];
      for (const one of recorded) {
        const { ran, run, states } = await runOf(one);
        if (run !== one.run || ran.join() !== [...one.ran].sort().join())
          wrong.push(`${one.id}: ran ${ran.join()} and ${run}, recorded ${[...one.ran].sort().join()} and ${one.run}`);
        for (const [task, state] of Object.entries(one.states))
          if (states[task] !== state) wrong.push(`${one.id}: ${task} ended ${states[task]}, recorded ${state}`);
      }
      expect(wrong).toEqual([]);
    });
  });
} else {
  test.skip(`Airflow's own runs: skipped, there is no ${FILE.pathname}`, () => {});
}
