import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import type { Decision, Translated } from '../../authoring/internal.ts';
import type { Graph } from '../../compiler/3-graph/graph.ts';
import type { Semantics } from '../../compiler/5-outcomes/semantics.ts';
import { jsonataOf, type Vocabulary } from '../../compiler/6-emit/resolve.ts';
import { literal } from './literal.ts';

/** The values that decisions read: a decision calls nothing, so that of the same values it is the same. */
export interface Values {
  readonly params: Json;
  readonly logicalDate: string;
  /** Undefined where it is not known. */
  outputOf(task: string): Json | undefined;
  /** Fills the placeholders in a text. */
  fill(text: string): string;
}

export interface Decided {
  /** The tasks that it skips by itself. */
  readonly skipped: readonly string[];
  /** What those who read it get: the ids that were chosen; of a short circuit, whether it went on. */
  readonly answer: Json;
}

/**
 * What became of a decision that was made: it is made again here, from the values that it was made of, as the interpreter does it. A history
 * tells the state where a run went on, which several decisions can lead to. Undefined where a value is missing or it cannot be decided:
 * then the machine of what remains decides.
 */
export async function decided(
  graph: Graph,
  semantics: Semantics,
  id: string,
  values: Values,
): Promise<Decided | undefined> {
  const { model, reads } = graph.tasks.get(id)!;
  const variables = new Map<string, string>();
  const Assign: { [name: string]: Json } = { params: literal(values.params), logicalDate: values.logicalDate };
  for (const { kind, path } of reads) {
    if (kind === 'context' || kind === 'asset') return undefined;
    if (kind !== 'output' || variables.has(path[1]!)) continue;
    const output = values.outputOf(path[1]!);
    if (output === undefined) return undefined;
    variables.set(path[1]!, `output${variables.size}`);
    Assign[variables.get(path[1]!)!] = literal(output);
  }
  const words: Vocabulary = {
    assetKey: () => '',
    variable: (task) => variables.get(task) as string,
    isText: () => false,
  };
  const text = (expression: Translated) => `{% ${values.fill(jsonataOf(expression, words))} %}`;
  const decision = model.decision as Decision;
  const { status, output } = await interpret(machineOf(Assign, decision, text), {
    input: {},
    clock: createVirtualClock(0),
    random: () => 0,
    tasks: () => ({ error: 'No.Task' }),
  });
  if (status !== 'SUCCEEDED') return undefined;
  const reach = semantics.decides(id);
  if (decision.kind === 'test') return { skipped: output === 0 ? [] : reach, answer: output === 0 };
  const chosen = chosenOf(decision, output as Json);
  if (!chosen.every((one) => semantics.choosable(id).includes(one))) return undefined;
  return {
    skipped: reach.filter((task) => !chosen.some((one) => semantics.goesOn(id, task, one))),
    answer: [...chosen],
  };
}

/** Its output is the number of the way that was taken, or a list of what was chosen. */
function machineOf(
  Assign: { readonly [name: string]: Json },
  decision: Decision,
  text: (expression: Translated) => string,
): StateMachine {
  const start = { Type: 'Pass', Assign, Next: 'decide' };
  if (decision.kind === 'computed') {
    const decide = { Type: 'Pass', Output: [text(decision.chosen)], End: true };
    return { QueryLanguage: 'JSONata', StartAt: 'values', States: { values: start, decide } } as StateMachine;
  }
  const conditions = decision.kind === 'test' ? [decision.goOn] : decision.cases.map(({ when }) => when);
  const ways = [...conditions, undefined].map((_, i) => [`way ${i}`, { Type: 'Succeed', Output: i }] as const);
  const decide =
    conditions.length === 0
      ? { Type: 'Pass', Next: 'way 0' }
      : {
          Type: 'Choice',
          Choices: conditions.map((when, i) => ({ Condition: text(when), Next: `way ${i}` })),
          Default: `way ${conditions.length}`,
        };
  const States = { values: start, decide, ...Object.fromEntries(ways) };
  return { QueryLanguage: 'JSONata', StartAt: 'values', States } as unknown as StateMachine;
}

function chosenOf(decision: Decision, output: Json): readonly string[] {
  if (decision.kind === 'computed') return (output as Json[]).flat() as string[];
  if (decision.kind === 'test') return [];
  return decision.cases[output as number]?.chosen ?? decision.otherwise;
}
