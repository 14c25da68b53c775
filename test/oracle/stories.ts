import fc from 'fast-check';
import { Dag, type ParamDeclaration, param, type TaskRef, type TriggerRule } from '../../authoring/index.ts';
import { TRIGGER_RULES } from '../../authoring/internal.ts';
import { openCall } from '../open-call.ts';
import { withoutPlaces } from '../without-places.ts';
import type { OracleTask, Story } from './airflow.ts';
import { arrowOf, goOf, reading } from './reads.ts';
import {
  BARE,
  choiceOf,
  DECIDED,
  DECIDED_GUARDED,
  type Form,
  GO_ON,
  GUARDED,
  isDecision,
  surelyThere,
} from './values.ts';

/** How much of each thing is in a story: weights, 0 leaves it out. */
export interface Mix {
  readonly rules: number;
  readonly branches: number;
  readonly setups: number;
  readonly skips: number;
  /** How much is read: of ten dependencies so many that read; every decision reads as often. */
  readonly reads?: number;
}

export const EVERYTHING: Mix = { rules: 3, branches: 2, setups: 2, skips: 1 };
export const PLAIN: Mix = { rules: 0, branches: 0, setups: 0, skips: 0 };
export const DATA: Mix = { ...EVERYTHING, reads: 6 };

/** Any DAG of up to `most` tasks with an outcome for each. */
export function stories(most: number, mix: Mix = EVERYTHING): fc.Arbitrary<Story> {
  const draft = fc.record({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('task' as const) },
      { weight: mix.setups, arbitrary: fc.constantFrom('setup' as const, 'teardown' as const) },
      { weight: mix.branches, arbitrary: fc.constantFrom('branch' as const, 'short' as const, 'shortdirect' as const) },
    ),
    rule: fc.oneof(
      { weight: 4, arbitrary: fc.constant('all_success' as const) },
      { weight: mix.rules, arbitrary: fc.constantFrom(...TRIGGER_RULES) },
    ),
    deps: fc.array(fc.nat({ max: most - 1 }), { maxLength: 3 }),
    fate: fc.oneof(
      { weight: 5, arbitrary: fc.constant('success' as const) },
      { weight: 3, arbitrary: fc.constant('failed' as const) },
      { weight: mix.skips, arbitrary: fc.constant('skipped' as const) },
    ),
    chooses: fc.array(fc.boolean(), { minLength: most, maxLength: most }),
    failsRun: fc.nat({ max: 3 }).map((n) => n === 0),
    grouped: fc.nat({ max: 3 }).map((n) => n === 0),
    reads: fc.array(
      fc.record({ of: fc.nat({ max: most - 1 }), form: fc.nat({ max: 1000 }), reads: fc.nat({ max: 9 }) }),
      { maxLength: mix.reads ? 4 : 0 },
    ),
  });
  return fc
    .array(draft, { minLength: 1, maxLength: most })
    .map((drafts) => readable({ failFast: false, tasks: tasksOf(drafts, mix) }, drafts, mix));
}

interface Draft {
  readonly kind: OracleTask['kind'];
  readonly rule: TriggerRule;
  readonly deps: readonly number[];
  readonly fate: 'success' | 'failed' | 'skipped';
  readonly chooses: readonly boolean[];
  readonly failsRun: boolean;
  readonly grouped: boolean;
  readonly reads: readonly { readonly of: number; readonly form: number; readonly reads: number }[];
}

/** What of a draft's reads there is: of earlier tasks, and as many as the mix has. */
function readsOf({ reads }: Draft, i: number, mix: Mix): Draft['reads'] {
  return reads.filter((read) => read.of < i && read.reads < (mix.reads ?? 0));
}

/** What Airflow takes: dependencies on earlier tasks, all_success right under a setup. Who reads another's answer depends on it. */
function tasksOf(drafts: readonly Draft[], mix: Mix): OracleTask[] {
  const deps = drafts.map((draft, i) => {
    const all = [...draft.deps, ...readsOf(draft, i, mix).map(({ of }) => of)];
    return [...new Set(all.filter((d) => d < i))].sort((a, b) => a - b);
  });
  return drafts.map(({ kind, rule, fate, chooses, failsRun, grouped }, i): OracleTask => {
    const underSetup = deps[i]!.some((d) => drafts[d]!.kind === 'setup');
    const downstreams = deps.flatMap((all, d) => (all.includes(i) ? [d] : []));
    const outcome = (): OracleTask['outcome'] => {
      if (kind === 'branch') return fate === 'failed' ? 'failed' : { chooses: downstreams.filter((d) => chooses[d]) };
      if (kind === 'short' || kind === 'shortdirect')
        return fate === 'failed' ? 'failed' : { goesOn: chooses[0] as boolean };
      return fate;
    };
    return {
      kind,
      rule: underSetup || kind === 'teardown' ? 'all_success' : rule,
      deps: deps[i]!,
      outcome: outcome(),
      ...(mix.reads && grouped && { grouped }),
      ...(mix.reads && kind === 'teardown' && failsRun && { failsRun }),
    };
  });
}

/** Gives each read a form: one that needs the value only where it is certain. A decision reads at most one answer. */
function readable(story: Story, drafts: readonly Draft[], mix: Mix): Story {
  if (!mix.reads) return story;
  // Found when it is first asked for: many stories read nothing.
  let sure: ReturnType<typeof surelyThere> | undefined;
  const isSure = (reader: number, source: number) => {
    sure ??= surelyThere(story);
    return sure(reader, source);
  };
  const pick = <T>(from: object, n: number) => Object.keys(from)[n % Object.keys(from).length] as T;
  const tasks = story.tasks.map((task, i): OracleTask => {
    const reads = readsOf(drafts[i]!, i, mix);
    if (isDecision(task)) {
      const [first] = reads.filter(({ of }) => !isDecision(story.tasks[of]!));
      if (first === undefined) return task;
      const by = { of: first.of, guarded: !isSure(i, first.of) };
      return by.guarded && (task.kind === 'branch' || task.outcome === 'failed') ? task : { ...task, by };
    }
    const formed = reads.map(({ of, form }) => {
      const [bare, guarded] = isDecision(story.tasks[of]!) ? [DECIDED, DECIDED_GUARDED] : [BARE, GUARDED];
      return { of, form: pick<Form>(isSure(i, of) ? { ...bare, ...guarded } : guarded, form) };
    });
    return formed.length > 0 ? { ...task, reads: formed } : task;
  });
  return { ...story, tasks };
}

export const SKIP = 'AirflowSkipException';
const ANYTHING = param.json({ default: null });
const work = openCall('x');

/** The DAG of a story. Only what can be skipped says so: outcomes must not show in the machine. */
export function dagOf(story: Story, skips = true): Dag {
  return withoutPlaces(() => placed(story, skips));
}

function placed({ tasks, failFast }: Story, skips: boolean): Dag {
  const decides = (kind: string) => kind === 'branch' || kind.startsWith('short');
  const names = tasks.flatMap(({ kind }, i) => (decides(kind) ? [`t${i}`] : []));
  const params = Object.fromEntries(names.map((name): [string, ParamDeclaration] => [name, ANYTHING]));
  const dag = new Dag('story', { params, failFast });
  const handles: TaskRef[] = [];
  const group = tasks.some(({ grouped }) => grouped) ? dag.taskGroup('g') : undefined;
  tasks.forEach(({ kind, rule, deps, reads, by, failsRun, grouped }, i) => {
    const placer = grouped && group ? group : dag;
    const id = `t${i}`;
    const own = reads ? reading(reads, handles) : work;
    const spec = { ...(skips && { skipOn: [SKIP] }), ...(rule !== 'all_success' && { triggerRule: rule }) };
    const decided = by ? goOf(handles[by.of]!, id, by.guarded) : decides(kind) ? dag.params[id as never] : undefined;
    const chosen = arrowOf('() => decided', { decided });
    const goesOn = arrowOf(`() => decided < ${GO_ON}`, { decided });
    const place: Record<OracleTask['kind'], () => TaskRef> = {
      task: () => placer.task(id, own, spec),
      setup: () => placer.setup(id, own, spec),
      teardown: () =>
        placer.teardown(id, own, {
          ...spec,
          ...(failsRun && { onFailureFailDagrun: true }),
          setups: deps.filter((d) => tasks[d]!.kind === 'setup').map((d) => handles[d]!),
        }),
      branch: () => placer.branch(id, chosen, spec),
      short: () => placer.shortCircuit(id, goesOn, spec),
      shortdirect: () => placer.shortCircuit(id, goesOn, { ...spec, ignoreDownstreamTriggerRules: false }),
    };
    handles[i] = place[kind]();
    handles[i].after(deps.map((d) => handles[d]!));
  });
  return dag;
}

/** What the decisions of a story are given that read no answer. */
export function paramsOf(story: Story): Record<string, unknown> {
  return Object.fromEntries(
    story.tasks.flatMap((task, i): [string, unknown][] =>
      task.by || typeof task.outcome === 'string' ? [] : [[`t${i}`, choiceOf(story, i)]],
    ),
  );
}
