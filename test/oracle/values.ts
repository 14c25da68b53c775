import { type OracleTask, type Story, shapeOf, type Told, tell } from './airflow.ts';

/**
 * The oracle of values: what each task's call must be given, told straight from the story. Nothing of the compiler is in it: a form of
 * reading says what it comes to of the answer, and of no answer.
 */

/** That a task is given something of another one's answer. */
export interface Read {
  readonly of: number;
  readonly form: Form;
}

/** What a task of a story answers: texts, numbers, values that count as false, lists in lists and lists of one. */
export interface Answer {
  readonly Id: string;
  readonly Count: number;
  readonly Nested: { readonly Deep: string; readonly Items: readonly { readonly Name: string }[] };
  readonly List: readonly string[];
  readonly One: readonly string[];
  readonly Lists: readonly (readonly number[])[];
  readonly Zero: number;
  readonly No: boolean;
  readonly Nil: null;
  /** What the tasks decide that read it here: by their names. */
  readonly Go: { readonly [task: string]: unknown };
}

/** Forms that need the value: it must be certain where they stand. */
export const BARE = {
  value: ({ Id }) => Id,
  whole: (answer) => answer,
  text: ({ Count, Nested: { Deep } }) => `the ${Count} of ${Deep}`,
  alone: ({ Count }) => String(Count),
  object: ({ Nested }) => Nested,
  nested: ({ Nested }) => Nested.Deep,
  lists: ({ List, One, Lists }) => [List, One, Lists],
  falsy: ({ Zero, No, Nil }) => ({ zero: Zero, no: No, nil: Nil }),
  json: ({ Nested, Id, List, One, Lists, Nil }) =>
    JSON.stringify({ nested: Nested, id: Id, list: List, one: One, lists: Lists, nil: Nil }),
  item: ({ Nested }) => Nested.Items[1]!.Name,
  computed: ({ Count }) => Count * 2 + 1,
  computedText: ({ Id, List }) => `${Id}-${List[0]}`,
  computedObject: (answer) => ({ all: answer, id: answer.Id }),
} satisfies Record<string, (answer: Answer) => unknown>;

/** Forms that say what stands for the value where there is none. */
export const GUARDED = {
  orElse: (answer) => answer?.Id ?? 'none',
  orZero: (answer) => answer?.Count ?? 0,
  deepOr: (answer) => answer?.Nested.Deep ?? 'none',
  itemOr: (answer) => answer?.Nested.Items[0]?.Name ?? 'none',
  wholeOr: (answer) => answer ?? 'none',
  ifThere: (answer) => (answer === undefined ? -1 : answer.Count * 2),
  isThere: (answer) => (answer === undefined ? 'gone' : 'there'),
} satisfies Record<string, (answer: Answer | undefined) => unknown>;

/** Of a branch or a short circuit: what it chose, or whether it went on. */
export const DECIDED = { decision: (made) => made } satisfies Record<string, (made: unknown) => unknown>;
export const DECIDED_GUARDED = { decisionOr: (made) => made ?? 'none' } satisfies Record<
  string,
  (made: unknown) => unknown
>;

export type Form = keyof typeof BARE | keyof typeof GUARDED | keyof typeof DECIDED | keyof typeof DECIDED_GUARDED;

const FORMS = { ...BARE, ...GUARDED, ...DECIDED, ...DECIDED_GUARDED } as Record<Form, (answer: unknown) => unknown>;

/** A task's id. */
export function idOf({ tasks }: Pick<Story, 'tasks'>, i: number): string {
  return tasks[i]?.grouped ? `g.t${i}` : `t${i}`;
}

export const isDecision = ({ kind }: OracleTask) => kind === 'branch' || kind.startsWith('short');

/** What a task answers when it succeeds. */
export function answerOf(story: Story, i: number): Answer {
  const deciding = story.tasks.flatMap((task, d): [string, unknown][] =>
    task.by?.of === i ? [[`t${d}`, choiceOf(story, d)]] : [],
  );
  return {
    Id: `id-${i}`,
    Count: i + 10,
    Nested: { Deep: `deep ${i}`, Items: [{ Name: `first ${i}` }, { Name: `second ${i}` }] },
    List: [`a${i}`, `b${i}`],
    One: [`only ${i}`],
    Lists: [[i], [], [1, 2]],
    Zero: 0,
    No: false,
    Nil: null,
    Go: Object.fromEntries(deciding),
  };
}

/** Numbers below this let a short circuit go on. */
export const GO_ON = 5;

/** What a decision of a story reads: the ids that it chooses, a number that lets it go on or not; of one that fails null. */
export function choiceOf(story: Story, i: number): unknown {
  const { outcome } = story.tasks[i]!;
  if (typeof outcome === 'string') return null;
  return 'goesOn' in outcome ? (outcome.goesOn ? 0 : GO_ON) : outcome.chooses.map((d) => idOf(story, d));
}

/** What each task that runs must be given, by its name: `{ t3: ['id-1', 'none'] }`. Decisions are no calls. */
export function callsOf(story: Story, { ran, ends }: Pick<Told, 'ran' | 'ends'>): { [task: string]: unknown[] } {
  const madeOrAnswered = (i: number): unknown => {
    if (ends[i] !== 'success') return undefined;
    return isDecision(story.tasks[i]!) ? madeBy(story, i, ends) : answerOf(story, i);
  };
  return Object.fromEntries(
    ran.flatMap((i): [string, unknown[]][] => {
      const task = story.tasks[i]!;
      return isDecision(task)
        ? []
        : [[idOf(story, i), (task.reads ?? []).map(({ of, form }) => FORMS[form](madeOrAnswered(of)))]];
    }),
  );
}

function madeBy(story: Story, i: number, ends: Told['ends']): unknown {
  const { outcome, by } = story.tasks[i]!;
  if (typeof outcome === 'string') return undefined;
  if ('goesOn' in outcome) return outcome.goesOn && (by === undefined || ends[by.of] === 'success');
  return outcome.chooses.map((d) => idOf(story, d));
}

/**
 * For each task the tasks that succeeded in every run in which it ran, of all runs that differ from the story's in one or two outcomes and
 * of some that differ anywhere: what the rules let it take to be there. Found by trying, not by reasoning about rules.
 */
export function surelyThere(story: Story): (reader: number, source: number) => boolean {
  const n = story.tasks.length;
  const shape = shapeOf(story.tasks);
  const absent = story.tasks.map(() => new Set<number>());
  const everRan = new Set<number>();
  const look = (tasks: readonly OracleTask[]) => {
    const { ran, ends } = tell({ ...story, tasks }, undefined, shape);
    for (const reader of ran) {
      everRan.add(reader);
      for (let s = 0; s < reader; s++) if (ends[s] !== 'success') absent[reader]!.add(s);
    }
  };
  const others = story.tasks.map((_, i) => otherOutcomes(story, i));
  const all = story.tasks.map((task, i) => ({ ...task, outcome: wellOf(task, others[i]!) }));
  for (const base of [all, story.tasks]) {
    look(base);
    for (let i = 0; i < n; i++) {
      for (const one of others[i]!) {
        const changed = base.with(i, { ...base[i]!, outcome: one });
        look(changed);
        for (let j = i + 1; j < n; j++)
          for (const two of others[j]!) look(changed.with(j, { ...changed[j]!, outcome: two }));
      }
    }
  }
  const next = draws(n);
  for (let k = 0; k < 300; k++) look(anyOutcomes(all, others, next));
  return (reader, source) => everRan.has(reader) && !absent[reader]!.has(source);
}

/**
 * A story with other outcomes of its tasks, itself among them: all end well, one alone does otherwise, any do anything.
 * @param most how many stories; a small one has fewer
 */
export function withOutcomes(story: Story, most: number): Story[] {
  const others = story.tasks.map((_, i) => otherOutcomes(story, i));
  const all = story.tasks.map((task, i) => ({ ...task, outcome: wellOf(task, others[i]!) }));
  const singles = all.flatMap((task, i) => others[i]!.map((outcome) => all.with(i, { ...task, outcome })));
  const next = draws(singles.length);
  const found = new Map<string, readonly OracleTask[]>();
  const add = (tasks: readonly OracleTask[]) => found.set(JSON.stringify(tasks), tasks);
  add(story.tasks);
  add(all);
  // Half of them by one task's outcome, as far as there are so many. Few tries are in vain.
  for (let k = 0; k < 2 * most && found.size < most; k++)
    add(k < most / 2 && singles.length > 0 ? singles[next(singles.length)]! : anyOutcomes(all, others, next));
  return [...found.values()].map((tasks) => ({ ...story, tasks }));
}

function anyOutcomes(
  all: readonly OracleTask[],
  others: readonly (readonly OracleTask['outcome'][])[],
  next: (below: number) => number,
): OracleTask[] {
  return all.map((task, i) => {
    const choices = [task.outcome, ...others[i]!];
    return { ...task, outcome: choices[next(choices.length)]! };
  });
}

/** Numbers from 0 on, below what is asked for, always the same. */
function draws(seed: number): (below: number) => number {
  let state = seed * 7919 + 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
}

/** A decision that ends well decides something. */
function wellOf({ outcome }: OracleTask, others: readonly OracleTask['outcome'][]): OracleTask['outcome'] {
  return typeof outcome === 'string' ? (others.find((other) => typeof other !== 'string') ?? 'success') : outcome;
}

/** What else could have come of a task. */
function otherOutcomes({ tasks }: Story, i: number): OracleTask['outcome'][] {
  const { kind, by } = tasks[i]!;
  const fails: OracleTask['outcome'][] = by?.guarded ? [] : ['failed'];
  if (kind === 'branch') {
    const downstreams = tasks.flatMap(({ deps }, d) => (deps.includes(i) ? [d] : []));
    return [...fails, ...[downstreams, [], ...downstreams.map((d) => [d])].map((chooses) => ({ chooses }))];
  }
  if (kind === 'short' || kind === 'shortdirect') return [...fails, { goesOn: true }, { goesOn: false }];
  return ['success', 'failed', 'skipped'];
}
