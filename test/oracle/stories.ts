import fc from 'fast-check';
import { Dag, type ParamDeclaration, param, type TaskRef, type TriggerRule } from '../../authoring/index.ts';
import { TRIGGER_RULES } from '../../authoring/internal.ts';
import { aws } from '../../tasks/index.ts';
import type { OracleTask, Story } from './airflow.ts';

/** How much of each thing is in a story: weights, 0 leaves it out. */
export interface Mix {
  readonly rules: number;
  readonly branches: number;
  readonly setups: number;
  readonly skips: number;
}

export const EVERYTHING: Mix = { rules: 3, branches: 2, setups: 2, skips: 1 };
export const PLAIN: Mix = { rules: 0, branches: 0, setups: 0, skips: 0 };

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
  });
  return fc
    .array(draft, { minLength: 1, maxLength: most })
    .map((drafts) => ({ failFast: false, tasks: tasksOf(drafts) }));
}

interface Draft {
  readonly kind: OracleTask['kind'];
  readonly rule: TriggerRule;
  readonly deps: readonly number[];
  readonly fate: 'success' | 'failed' | 'skipped';
  readonly chooses: readonly boolean[];
}

/** What Airflow takes: dependencies on earlier tasks, all_success right under a setup. */
function tasksOf(drafts: readonly Draft[]): OracleTask[] {
  const deps = drafts.map((draft, i) => [...new Set(draft.deps.filter((d) => d < i))].sort((a, b) => a - b));
  return drafts.map(({ kind, rule, fate, chooses }, i): OracleTask => {
    const underSetup = deps[i]!.some((d) => drafts[d]!.kind === 'setup');
    const downstreams = deps.flatMap((all, d) => (all.includes(i) ? [d] : []));
    const outcome = (): OracleTask['outcome'] => {
      if (kind === 'branch') return fate === 'failed' ? 'failed' : { chooses: downstreams.filter((d) => chooses[d]) };
      if (kind === 'short' || kind === 'shortdirect')
        return fate === 'failed' ? 'failed' : { goesOn: chooses[0] as boolean };
      return fate;
    };
    return { kind, rule: underSetup || kind === 'teardown' ? 'all_success' : rule, deps: deps[i]!, outcome: outcome() };
  });
}

export const SKIP = 'AirflowSkipException';
const GO_ON = 5;
const work = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });

/** The DAG of a story. Only what can be skipped says so: outcomes must not show in the machine. */
export function dagOf({ tasks, failFast }: Story, skips = true): Dag {
  const decides = (kind: string) => kind === 'branch' || kind.startsWith('short');
  const names = tasks.flatMap(({ kind }, i) => (decides(kind) ? [`t${i}`] : []));
  const params = Object.fromEntries(
    names.map((name): [string, ParamDeclaration] => [name, param.json({ default: null })]),
  );
  const dag = new Dag('story', { params, failFast });
  const handles: TaskRef[] = [];
  tasks.forEach(({ kind, rule, deps }, i) => {
    const id = `t${i}`;
    const spec = { ...(skips && { skipOn: [SKIP] }), ...(rule !== 'all_success' && { triggerRule: rule }) };
    const decided: unknown = decides(kind) ? dag.params[id as never] : undefined;
    const [chosen, number] = [decided as string[], decided as number];
    const place: Record<OracleTask['kind'], () => TaskRef> = {
      task: () => dag.task(id, work, spec),
      setup: () => dag.setup(id, work, spec),
      teardown: () =>
        dag.teardown(id, work, {
          ...spec,
          setups: deps.filter((d) => tasks[d]!.kind === 'setup').map((d) => handles[d]!),
        }),
      branch: () => dag.branch(id, () => chosen, spec),
      short: () => dag.shortCircuit(id, () => number < GO_ON, spec),
      shortdirect: () => dag.shortCircuit(id, () => number < GO_ON, { ...spec, ignoreDownstreamTriggerRules: false }),
    };
    handles[i] = place[kind]();
    handles[i].after(deps.map((d) => handles[d]!));
  });
  return dag;
}

/** What the decisions of a story read; of one that fails null. */
export function paramsOf({ tasks }: Story): Record<string, unknown> {
  return Object.fromEntries(
    tasks.flatMap(({ outcome }, i): [string, unknown][] => {
      if (typeof outcome === 'string') return [];
      return [[`t${i}`, 'goesOn' in outcome ? (outcome.goesOn ? 0 : GO_ON) : outcome.chooses.map((d) => `t${d}`)]];
    }),
  );
}
