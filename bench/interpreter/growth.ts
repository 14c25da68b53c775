import { createVirtualClock, interpret } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import { seeded } from '../../asl/jsonata/index.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { inOwnProcess, processorTime, table } from '../measurement.ts';

interface Case {
  readonly machine: object;
  readonly input: Json;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** What an `ItemReader` reads. */
  readonly items?: readonly Json[];
}

/** Shapes that could grow faster than what they hold, each in the sizes that Step Functions' limits on history and data leave room for. */
const SHAPES: {
  readonly [shape: string]: { readonly sizes: readonly number[]; readonly make: (size: number) => Case };
} = {
  'states in a chain': {
    sizes: [100, 1_000, 10_000],
    make: (size) => ({ machine: chain(size), input: {} }),
  },
  'branches of a Parallel': {
    sizes: [10, 100, 1_000],
    make: (size) => ({
      machine: only({ Type: 'Parallel', Branches: list(size, (i) => chain(2, `b${i}_`)) }),
      input: {},
    }),
  },
  'items of an inline Map': {
    sizes: [100, 1_000, 10_000],
    make: (size) => ({
      machine: only({ Type: 'Map', ItemsPath: '$.items', ItemProcessor: chain(2) }),
      input: { items: list(size, (i) => i) },
      type: 'EXPRESS',
    }),
  },
  'items of a distributed Map': {
    sizes: [1_000, 10_000, 100_000],
    make: (size) => ({
      machine: only({
        Type: 'Map',
        MaxConcurrency: 100,
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } },
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...chain(2) },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b', Prefix: 'p' },
          WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' },
        },
      }),
      input: {},
      items: list(size, (i) => i),
    }),
  },
  'Parallels in each other': {
    sizes: [10, 100, 1_000],
    make: (size) => ({
      machine: list(size, (i) => i).reduce<object>(
        (inner, i) => ({ StartAt: `p${i}`, States: { [`p${i}`]: { Type: 'Parallel', Branches: [inner], End: true } } }),
        chain(1),
      ),
      input: {},
    }),
  },
  'states that 256 KiB of data pass through': {
    sizes: [10, 100, 1_000],
    make: (size) => ({ machine: chain(size), input: { rows: list(2_600, (id) => ({ id, text: 'x'.repeat(75) })) } }),
  },
};
/** The best of so many runs counts. */
const RUNS = 5;

/** Processor time (the garbage collector's included) by transition of runs of growing size: where it stays the same, nothing grows faster than what is run. */
export function growth(): string {
  const rows = Object.entries(SHAPES).flatMap(([shape, { sizes }]) =>
    sizes.map((size) => {
      const { milliseconds, transitions } = inOwnProcess<Grown>(['measure-growth', shape, String(size)]);
      return [
        `${size.toLocaleString('en')} ${shape}`,
        transitions.toLocaleString('en'),
        milliseconds.toFixed(1),
        ((1000 * milliseconds) / transitions).toFixed(1),
      ];
    }),
  );
  return table(['', 'transitions', 'ms', 'µs each'], rows);
}

interface Grown {
  readonly milliseconds: number;
  readonly transitions: number;
}

/** The least processor time of a shape and how many states were entered; printed. */
export async function measureGrowth(shape: string, size: string): Promise<void> {
  const { machine, input, type, items } = (SHAPES[shape] as (typeof SHAPES)[string]).make(Number(size));
  let milliseconds = Number.POSITIVE_INFINITY;
  let transitions = 0;
  const count = (event: { readonly type: string }) => {
    if (event.type.endsWith('StateEntered')) transitions++;
  };
  for (let i = 0; i < RUNS; i++) {
    const begun = processorTime();
    const execution = await interpret(machine as StateMachine, {
      clock: createVirtualClock(0),
      random: seeded(0),
      tasks: ({ reads }) => ({ result: reads ? (items ?? []) : {} }),
      input,
      ...(type !== undefined && { type }),
      ...(i === 0 && { onEvent: count, onChildEvent: (_: string, event: { type: string }) => count(event) }),
    });
    if (execution.status !== 'SUCCEEDED') throw new Error(`${shape}, ${size}: ${execution.error} ${execution.cause}`);
    // In the first one transitions are counted.
    if (i > 0) milliseconds = Math.min(milliseconds, 1000 * (processorTime() - begun));
  }
  process.stdout.write(JSON.stringify({ milliseconds, transitions }));
}

function only(state: object): object {
  return { StartAt: 'Only', States: { Only: { ...state, End: true } } };
}

function chain(length: number, prefix = 's'): object {
  const states = list(length, (i) => [
    `${prefix}${i}`,
    { Type: 'Pass', ...(i === length - 1 ? { End: true } : { Next: `${prefix}${i + 1}` }) },
  ]);
  return { StartAt: `${prefix}0`, States: Object.fromEntries(states) };
}

function list<T>(length: number, make: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => make(i));
}
