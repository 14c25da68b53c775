import type { StateMachine } from '../../asl/language/types.ts';

const task = (next: string | undefined, more: object = {}) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', Payload: {} },
  ...(next === undefined ? { End: true as const } : { Next: next }),
  ...more,
});

/** A bit of everything: attempts, branches, items, a failure that is caught, and one that is not. */
export const ORDERS: StateMachine = {
  Comment: 'Orders of a day',
  StartAt: 'load',
  States: {
    load: task('both', { Retry: [{ ErrorEquals: ['Slow'], IntervalSeconds: 10, MaxAttempts: 3 }] }),
    both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'prices', States: { prices: task('rates'), rates: task(undefined) } },
        {
          StartAt: 'stock',
          States: {
            stock: task(undefined, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'old stock' }] }),
            'old stock': { Type: 'Pass', Result: 'old', End: true },
          },
        },
      ],
      ResultPath: '$.both',
      Next: 'big?',
    },
    'big?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.items[0]', IsPresent: true, Next: 'each' }],
      Default: 'nothing',
    },
    nothing: { Type: 'Succeed' },
    each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 2,
      ItemProcessor: { StartAt: 'pack', States: { pack: task('send'), send: task(undefined) } },
      Next: 'done',
    },
    done: { Type: 'Pass', End: true },
  },
};

export const ORDERS_INPUT = { items: ['a', 'b', 'c', 'd'] };

const fails = (error: string, cause: string, seconds = 1) => ({
  Throw: { Error: error, Cause: cause },
  DurationSeconds: seconds,
});
const takes = (seconds: number, result: unknown = { ok: true }) => ({ Return: result, DurationSeconds: seconds });

/** By what happens. */
export const ORDERS_MOCKS = {
  fine: {
    load: { '0': fails('Slow', 'too busy', 5), '1': takes(20, { items: ['a', 'b', 'c', 'd'] }) },
    stock: { '0': fails('NoStock', '{"errorMessage":"the shelf is empty"}', 3) },
    prices: { '0': takes(30) },
    pack: { '0-3': takes(5) },
  },
  itemFails: {
    load: { '0': takes(20, { items: ['a', 'b', 'c', 'd'] }) },
    pack: { '0': takes(5), '1': takes(6), '2': fails('Broken', 'the box of c has a hole', 2), '3': takes(50) },
  },
  branchFails: {
    load: { '0': takes(1, { items: [] }) },
    prices: { '0': fails('Lambda.Unknown', 'no price list', 7) },
    stock: { '0': takes(100) },
  },
} as const;
