import type { Json } from '../../asl/json/value.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import type { Graph } from '../../compiler/3-graph/graph.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { decideOutcomes } from '../../compiler/5-outcomes/decide-outcomes.ts';
import { emitMachine } from '../../compiler/6-emit/emit-machine.ts';
import { assetKeys, type Manifest } from '../../manifest/manifest.ts';
import { type Remaining, restricted } from './remaining.ts';

/** How the comment of a machine begins that was made here. */
export const COMMENT = 'What remains of ';

/** The state that hands on what finished tasks answered. No task's id has a blank. */
const FINISHED = 'finished before';

/** What one state may assign is limited. */
const MOST = LIMITS.dataBytes - 16_384;

export interface RemainingMachine {
  readonly definition: StateMachine;
  /** The variables that hold what finished tasks answered, by task. */
  readonly variables: { readonly [task: string]: string };
  /** Finished tasks whose output is read and not known. */
  readonly missing: readonly string[];
}

/**
 * The machine of what remains, by the compiler's phases 4 to 6. The plan holds what remains alone; the outcomes look at the whole graph, in
 * which the other tasks have ended.
 *
 * @param outputOf what a finished task answered; undefined if that is not known
 * @param fill fills the placeholders in: outputs are no templates, so that they are put in after it
 */
export function machineOf(
  manifest: Pick<Manifest, 'assets' | 'archives'>,
  graph: Graph,
  { tasks, given }: Remaining,
  outputOf: (task: string) => Json | undefined,
  comment: string,
  fill: (definition: StateMachine) => StateMachine,
): RemainingMachine {
  const plan = planGraph(restricted(graph, tasks));
  const whole = withoutReads(graph, tasks);
  const keys = assetKeys(manifest);
  const outcomes = decideOutcomes(whole, plan.tree, given);
  const machine = emitMachine(whole, outcomes, (path) => keys.get(path) as string);
  const { Comment: _, ...emitted } = machine.definition;
  const definition = fill({ Comment: comment, ...emitted });
  const read = [...machine.variables.keys()].filter((task) => given.get(task) === 'success');
  const missing = read.filter((task) => outputOf(task) === undefined);
  const variables = Object.fromEntries(read.map((task) => [task, machine.variables.get(task)!]));
  if (read.length === 0 || missing.length > 0) return { definition, variables, missing };
  const known = read.map((task): [string, Json] => [variables[task]!, literal(outputOf(task)!)]);
  return { definition: withOutputs(definition, known), variables, missing };
}

/** The outputs are whole: the next resume may read another part of them. */
function withOutputs(
  definition: StateMachine,
  outputs: readonly (readonly [variable: string, value: Json])[],
): StateMachine {
  const parts: { [variable: string]: Json }[] = [{}];
  let bytes = 0;
  for (const [variable, value] of outputs) {
    const own = Buffer.byteLength(JSON.stringify(value)) + variable.length;
    if (bytes > 0 && bytes + own > MOST) {
      parts.push({});
      bytes = 0;
    }
    parts.at(-1)![variable] = value;
    bytes += own;
  }
  const names = parts.map((_, i) => (i === 0 ? FINISHED : `${FINISHED} ${i + 1}`));
  const states = parts.map((Assign, i): [string, unknown] => [
    names[i]!,
    {
      Type: 'Pass',
      Comment: 'What tasks answered that do not run again.',
      Assign,
      Next: names[i + 1] ?? definition.StartAt,
    },
  ]);
  const States = { ...Object.fromEntries(states), ...definition.States } as StateMachine['States'];
  return { ...definition, StartAt: FINISHED, States };
}

/** What a machine that was made here gives to a variable from its start. */
export function valueGiven({ States }: StateMachine, variable: string): Json | undefined {
  const givers = Object.entries(States).filter(([name]) => name.startsWith(FINISHED));
  const written = givers
    .map(([, state]) => (state as { readonly Assign?: { readonly [name: string]: Json } }).Assign?.[variable])
    .find((value) => value !== undefined);
  return written === undefined ? undefined : literalValue(written);
}

/** What ended reads nothing any more. */
function withoutReads(graph: Graph, tasks: ReadonlySet<string>): Graph {
  return {
    ...graph,
    tasks: new Map([...graph.tasks].map(([id, task]) => [id, tasks.has(id) ? task : { ...task, reads: [], bare: [] }])),
  };
}

/** A value as it is in a field of a JSONata state: a text that looks like an expression is written as one that gives that text. */
export function literal(value: Json): Json {
  if (typeof value === 'string') return /^\{%|%\}$/.test(value) ? `{% ${escaped(value)} %}` : value;
  if (Array.isArray(value)) return value.map((item: Json) => literal(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner as Json)]));
}

/** The value that was written. */
export function literalValue(written: Json): Json {
  if (typeof written === 'string')
    return written.startsWith('{%') ? (JSON.parse(written.slice(2, -2)) as string) : written;
  if (Array.isArray(written)) return written.map((item: Json) => literalValue(item));
  if (written === null || typeof written !== 'object') return written;
  return Object.fromEntries(Object.entries(written).map(([key, inner]) => [key, literalValue(inner as Json)]));
}

/** A string that JSON and JSONata read alike, without what begins or ends an expression. */
function escaped(text: string): string {
  return JSON.stringify(text).replaceAll('%', '\\u0025');
}
