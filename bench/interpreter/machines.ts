import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { State, StateMachine } from '../../asl/language/types.ts';

/** A machine that both interpreters run, its input, and how many of its executions make a measurement worth taking. */
export interface Workload {
  readonly title: string;
  readonly machine: StateMachine;
  readonly input: Json;
  /** Standard executions end at 25,000 events. */
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The rival interprets JSONPath alone. */
  readonly rival: boolean;
}

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const BRANCHES = 100;
const CHAIN = 300;
const TURNS = 4_000;
const ITEMS = 10_000;

/** What every Task answers, on both sides. */
export const TASK_RESULT = { ok: true, rows: 42, path: 's3://lake/silver/part-0.parquet' } as const;

export const WORKLOADS = {
  chain: {
    title: `a chain of ${CHAIN}: Task, Choice and Pass in turn`,
    machine: chain(CHAIN, pathStates),
    input: order(),
    type: 'STANDARD',
    rival: true,
  },
  loop: {
    title: `a loop of ${TURNS} turns: a Choice, and a Pass that counts`,
    machine: loop(),
    input: { turn: 0, order: order() },
    type: 'STANDARD',
    rival: true,
  },
  parallel: {
    title: `a Parallel of ${BRANCHES} branches: Task, Choice and Pass in each`,
    machine: {
      StartAt: 'Fan',
      States: { Fan: { Type: 'Parallel', Branches: list(BRANCHES, (i) => chain(3, pathStates, `B${i}_`)), End: true } },
    } as unknown as StateMachine,
    input: order(),
    type: 'STANDARD',
    rival: true,
  },
  map: {
    title: `an inline Map of ${ITEMS} items: Task and Pass for each`,
    machine: {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: { StartAt: 'Work', States: { Work: work('Keep'), Keep: { ...keep(), OutputPath: '$.id' } } },
          End: true,
        },
      },
    } as unknown as StateMachine,
    input: { items: list(ITEMS, (i) => ({ id: i })) },
    type: 'EXPRESS',
    rival: true,
  },
  jsonata: {
    title: `the chain of ${CHAIN} in JSONata`,
    machine: { QueryLanguage: 'JSONata', ...chain(CHAIN, jsonataStates) },
    input: order(),
    type: 'STANDARD',
    rival: false,
  },
} as const satisfies { readonly [name: string]: Workload };
export type WorkloadName = keyof typeof WORKLOADS;

function order(): JsonObject {
  return {
    id: 'o-1001',
    customer: { name: 'Ada', country: 'BR' },
    lines: list(10, (i) => ({ sku: `sku-${i}`, quantity: i + 1, price: 9.5 * i })),
    paid: true,
  };
}

/** Task, Choice and Pass in turn, the last one an end. */
function chain(length: number, make: (kind: number, next: string | undefined) => State, prefix = 'S'): StateMachine {
  const names = list(length, (i) => `${prefix}${i}`);
  const states = names.map((name, i) => [name, make(i % 3, names[i + 1])]);
  return { StartAt: names[0], States: Object.fromEntries(states) } as StateMachine;
}

function pathStates(kind: number, next: string | undefined): State {
  if (kind === 0) return work(next);
  if (kind === 2) return keep(next);
  return {
    Type: 'Choice',
    Choices: [
      { Variable: '$.paid', BooleanEquals: false, Next: next },
      {
        And: [
          { Variable: '$.paid', IsPresent: true },
          { Variable: '$.id', StringMatches: 'o-*' },
        ],
        Next: next,
      },
    ],
    Default: next,
  } as unknown as State;
}

function work(next: string | undefined): State {
  return {
    Type: 'Task',
    Resource: LAMBDA,
    Parameters: { mode: 'full', 'id.$': '$.id', 'given.$': '$' },
    ResultSelector: { 'rows.$': '$.rows', 'path.$': '$.path' },
    ResultPath: '$.work',
    ...onward(next),
  } as unknown as State;
}

function keep(next?: string): State {
  return {
    Type: 'Pass',
    Parameters: { 'id.$': '$.id', 'rows.$': '$.work.rows' },
    ResultPath: '$.kept',
    ...onward(next),
  } as unknown as State;
}

function jsonataStates(kind: number, next: string | undefined): State {
  const states = [
    {
      Type: 'Task',
      Resource: LAMBDA,
      Arguments: { mode: 'full', id: '{% $states.input.id %}', given: '{% $states.input %}' },
      Assign: { rows: '{% $states.result.rows %}', path: '{% $states.result.path %}' },
      Output: '{% $states.input %}',
      ...onward(next),
    },
    {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $not($states.input.paid) %}', Next: next },
        { Condition: "{% $exists($states.input.paid) and $states.input.id = 'o-1001' %}", Next: next },
      ],
      Default: next,
    },
    { Type: 'Pass', Assign: { kept: { id: '{% $states.input.id %}', rows: '{% $rows %}' } }, ...onward(next) },
  ];
  return states[kind] as unknown as State;
}

function loop(): StateMachine {
  return {
    StartAt: 'Again',
    States: {
      Again: {
        Type: 'Choice',
        Choices: [{ Variable: '$.turn', NumericLessThan: TURNS, Next: 'Count' }],
        Default: 'Done',
      },
      Count: {
        Type: 'Pass',
        Parameters: { 'turn.$': 'States.MathAdd($.turn, 1)', 'order.$': '$.order' },
        Next: 'Again',
      },
      Done: { Type: 'Succeed' },
    },
  } as unknown as StateMachine;
}

function onward(next: string | undefined): object {
  return next === undefined ? { End: true } : { Next: next };
}

function list<T>(length: number, make: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => make(i));
}
