import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createVirtualClock,
  type Execution,
  type HistoryEvent,
  type InterpretOptions,
  interpret,
  type StateMachine,
  type TaskHandler,
} from '../../../asl/index.ts';
import { seeded } from '../../../asl/jsonata/index.ts';
import { sized } from '../../sized.ts';

/** What becomes of a state: its kind, and numbers that are used as the kind likes. */
type Step =
  | { readonly kind: 'task' | 'wait' | 'choice' | 'pass'; readonly path: boolean; readonly n: number }
  | { readonly kind: 'parallel'; readonly branches: readonly Step[][] }
  | { readonly kind: 'map'; readonly distributed: boolean; readonly n: number; readonly steps: readonly Step[] };

const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      kind: fc.constantFrom('task' as const, 'task' as const, 'wait' as const, 'choice' as const, 'pass' as const),
      path: fc.boolean(),
      n: fc.nat(9),
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      branches: fc.array(tie('steps'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('map' as const), distributed: fc.boolean(), n: fc.nat(4), steps: tie('steps') }),
  ),
}));

const RETRY = [{ ErrorEquals: ['E'], MaxAttempts: 2, IntervalSeconds: 2, JitterStrategy: 'FULL' }];

/** Machines in which all is used that could differ between two runs: randomness, time, errors, what runs side by side. */
function machineOf(top: readonly Step[]): StateMachine {
  let count = 0;
  const statesOf = (list: readonly Step[]): { StartAt: string; States: { [name: string]: object } } => {
    const names = list.map(({ kind }) => `${kind}${count++}`);
    const last = `end${count++}`;
    const States: { [name: string]: object } = { [last]: { Type: 'Succeed' } };
    for (const [at, step] of list.entries()) {
      const Next = names[at + 1] ?? last;
      States[names[at] as string] = { ...stateOf(step, statesOf, last), ...(step.kind !== 'choice' && { Next }) };
    }
    return { StartAt: names[0] as string, States };
  };
  return { QueryLanguage: 'JSONata', ...statesOf(top) } as unknown as StateMachine;
}

function stateOf(step: Step, statesOf: (list: readonly Step[]) => object, last: string): object {
  if (step.kind === 'parallel') {
    return {
      Type: 'Parallel',
      Branches: step.branches.map(statesOf),
      Catch: [{ ErrorEquals: ['States.ALL'], Next: last }],
    };
  }
  if (step.kind === 'map') {
    const ProcessorConfig = { Mode: step.distributed ? 'DISTRIBUTED' : 'INLINE', ExecutionType: 'STANDARD' };
    return {
      Type: 'Map',
      Items: Array.from({ length: step.n }, (_, item) => item),
      MaxConcurrency: step.n % 3,
      ...(step.distributed && { ToleratedFailurePercentage: 100 }),
      ItemProcessor: { ...(step.distributed && { ProcessorConfig }), ...statesOf(step.steps) },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: last }],
    };
  }
  const { kind, n, path } = step;
  const QueryLanguage = path ? 'JSONPath' : 'JSONata';
  switch (kind) {
    case 'task':
      return {
        Type: 'Task',
        QueryLanguage,
        Resource:
          n % 2 === 0 ? 'arn:aws:lambda:us-east-1:123456789012:function:f' : 'arn:aws:states:::glue:startJobRun.sync',
        TimeoutSeconds: 1 + n,
        ...(path
          ? { Parameters: { n, 'id.$': 'States.UUID()' }, ResultPath: '$.result' }
          : {
              Arguments: { n, id: '{% $uuid() %}' },
              Assign: { chance: '{% $random() %}' },
              Output: '{% $states.result %}',
            }),
        Retry: RETRY,
      };
    case 'wait':
      return { Type: 'Wait', Seconds: n };
    case 'choice':
      return { Type: 'Choice', Choices: [{ Condition: `{% $random() < ${n / 10} %}`, Next: last }], Default: last };
    case 'pass':
      return path
        ? { Type: 'Pass', QueryLanguage, Parameters: { 'at.$': '$$.State.EnteredTime' }, ResultPath: '$.pass' }
        : { Type: 'Pass', QueryLanguage, Output: { now: '{% $now() %}', some: '{% $shuffle([1..5]) %}' } };
  }
}

/** Tasks that take their time, fail now and then, and answer at once or later: by their arguments alone. */
function handler(): TaskHandler {
  return ({ arguments: given, attempt }) => {
    const { n, id } = given as { n: number; id: string };
    const chance = id.charCodeAt(0) % 5;
    const reply =
      chance === 0 && attempt < 2
        ? { error: chance + attempt === 1 ? 'F' : 'E', cause: 'by chance', durationSeconds: n % 4 }
        : { result: { n }, durationSeconds: n % 4 === 0 ? 0 : n };
    return n % 3 === 0 ? Promise.resolve(reply) : reply;
  };
}

function run(machine: StateMachine, seed: number, more: Partial<InterpretOptions> = {}): Promise<Execution> {
  return interpret(machine, {
    clock: createVirtualClock(Date.parse('2026-01-01T00:00:00Z')),
    random: seeded(seed),
    tasks: handler(),
    ...more,
  });
}

it('the same run twice gives the same history to the byte, whoever listens', async () => {
  let retried = 0;
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (top, seed) => {
      const machine = machineOf(top);
      const once = await run(machine, seed);
      const text = JSON.stringify(once);
      expect(JSON.stringify(await run(machineOf(top), seed))).toBe(text);
      const heard: HistoryEvent[] = [];
      const listened = await run(machine, seed, { onEvent: (event) => heard.push(event) });
      expect(JSON.stringify(listened)).toBe(text);
      expect(JSON.stringify(heard)).toBe(JSON.stringify(once.events));
      const unkept = await run(machine, seed, { keepEvents: false });
      expect(JSON.stringify({ ...unkept, events: once.events })).toBe(text);
      expect(unkept.events).toEqual([]);
      retried += once.events.filter(({ type }) => type.endsWith('Failed')).length;
    }),
    { numRuns: sized(40, 120) },
  );
  // Else the property would say less than it seems to.
  expect(retried).toBeGreaterThan(0);
});

it('events are plain data, their ids without a gap, each after one before it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (top, seed) => {
      const { events } = await run(machineOf(top), seed);
      expect(structuredClone(events)).toEqual(events);
      expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
      for (const { id, previousEventId } of events) expect(previousEventId).toBeLessThan(id);
    }),
    { numRuns: sized(20, 50) },
  );
});

it("a year's Wait takes no time, whatever else goes on", async () => {
  const year = 365 * 24 * 3600;
  const long = (Seconds: number) => ({
    StartAt: `w${Seconds}`,
    States: { [`w${Seconds}`]: { Type: 'Wait', Seconds, End: true } },
  });
  const machine = {
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: [long(year - 1), long(1)], End: true } },
  } as unknown as StateMachine;
  const { status, startedAt, stoppedAt, events } = await run(machine, 0);
  expect([status, (stoppedAt - startedAt) / 1000, events.length]).toEqual(['SUCCEEDED', year - 1, 10]);
});
