import type { ItemStream } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:count';
const READER = 'arn:aws:states:::s3:getObject';
const WRITER = 'arn:aws:states:::s3:putObject';
/** Turns of one child's loop: two transitions each, 7 events, so that it stays below the 25,000 of a Standard execution. */
const TURNS = 1_000;
/** Items of a stream that are there at one time. */
const LOT = 1_000;

/** A run that is as long as one likes, and needs the same at each moment. */
export interface LongRun {
  readonly machine: StateMachine;
  readonly input: Json;
  /** What an `ItemReader` reads, held or as a stream. */
  readonly items: readonly Json[] | ItemStream;
  /** How often its Task is called. */
  readonly calls: number;
}

export const LONG_RUNS = {
  loop: {
    title: 'transitions, in loops one after the other',
    /** A Standard execution ends at 25,000 events: what is longer is the children of a distributed Map, one at a time. */
    make: (transitions: number): LongRun => {
      const loops = transitions / 2 / TURNS;
      return {
        machine: mapOver(
          {
            StartAt: 'Again',
            States: {
              Again: {
                Type: 'Choice',
                Choices: [{ Variable: '$.turn', NumericLessThan: TURNS, Next: 'Count' }],
                Default: 'Done',
              },
              Count: { Type: 'Task', Resource: LAMBDA, ResultPath: '$.turn', Next: 'Again' },
              Done: { Type: 'Pass', OutputPath: '$.turn', End: true },
            },
          },
          { MaxConcurrency: 1 },
        ),
        input: { items: Array.from({ length: loops }, () => ({ turn: 0, text: 'x'.repeat(500) })) },
        items: [],
        calls: loops * TURNS,
      };
    },
  },
  map: {
    title: 'items of a distributed Map, held, 10 at a time',
    make: (items: number): LongRun =>
      mapOfItems(
        items,
        Array.from({ length: items }, (_, turn) => ({ turn })),
      ),
  },
  stream: {
    title: 'items of a distributed Map, read as a stream, 10 at a time',
    make: (items: number): LongRun =>
      mapOfItems(items, {
        async *read() {
          for (let from = 0; from < items; from += LOT)
            yield { items: Array.from({ length: Math.min(LOT, items - from) }, (_, at) => ({ turn: from + at })) };
        },
      }),
  },
} as const;
export type LongRunName = keyof typeof LONG_RUNS;

function mapOfItems(calls: number, items: LongRun['items']): LongRun {
  return {
    machine: mapOver(
      { StartAt: 'Count', States: { Count: { Type: 'Task', Resource: LAMBDA, End: true } } },
      {
        MaxConcurrency: 10,
        ItemReader: { Resource: READER, Parameters: { Bucket: 'lake', Key: 'items.json' } },
        ResultWriter: {
          Resource: WRITER,
          Parameters: { Bucket: 'lake', Prefix: 'results' },
          WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' },
        },
      },
    ),
    input: {},
    items,
    calls,
  };
}

function mapOver(processor: object, fields: { readonly [field: string]: unknown }): StateMachine {
  return {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ...(fields.ItemReader === undefined && { ItemsPath: '$.items' }),
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor },
        ...fields,
        End: true,
      },
    },
  } as unknown as StateMachine;
}
