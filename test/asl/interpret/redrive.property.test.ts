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

/** What a state is made of: its steps become states with names of their own. */
type Step =
  | { readonly kind: 'task'; readonly seconds: number; readonly fails: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'choice' }
  | { readonly kind: 'parallel'; readonly branches: readonly Step[][] }
  | { readonly kind: 'map'; readonly items: number; readonly most: number; readonly steps: readonly Step[] };

const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.record({ kind: fc.constant('task' as const), seconds: fc.nat(5), fails: fc.nat(1) }),
    fc.record({ kind: fc.constant('wait' as const), seconds: fc.nat(5) }),
    fc.record({ kind: fc.constant('choice' as const) }),
    fc.record({
      kind: fc.constant('parallel' as const),
      branches: fc.array(tie('steps'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('map' as const), items: fc.nat(3), most: fc.nat(2), steps: tie('steps') }),
  ),
}));

/** The steps as states; `fails` is how often each task fails at first. */
function machineOf(top: readonly Step[]): {
  machine: StateMachine;
  fails: Map<string, { fails: number; seconds: number }>;
} {
  const fails = new Map<string, { fails: number; seconds: number }>();
  let count = 0;
  const statesOf = (list: readonly Step[]): { StartAt: string; States: { [name: string]: object } } => {
    const names = list.map(({ kind }) => `${kind}${count++}`);
    const States: { [name: string]: object } = {};
    for (const [at, step] of list.entries()) {
      const name = names[at] as string;
      const after = names[at + 1];
      const onward = after === undefined ? { End: true } : { Next: after };
      const Assign = { [`v${name}`]: '{% $states.input %}' };
      const Output = { [name]: `{% $exists($v${names[0]}) ? $v${names[0]} : 'none' %}` };
      if (step.kind === 'task') {
        fails.set(name, step);
        States[name] = { Type: 'Task', Resource: 'arn:aws:states:::x:y', Arguments: {}, Assign, Output, ...onward };
      } else if (step.kind === 'wait') {
        States[name] = { Type: 'Wait', Seconds: step.seconds, Assign, Output, ...onward };
      } else if (step.kind === 'choice') {
        const end = `${name}end`;
        States[name] = { Type: 'Choice', Choices: [{ Condition: true, Next: end, Assign, Output }], Default: end };
        States[end] = { Type: 'Pass', ...onward };
      } else if (step.kind === 'parallel') {
        States[name] = { Type: 'Parallel', Branches: step.branches.map(statesOf), Assign, ...onward };
      } else {
        States[name] = {
          Type: 'Map',
          Items: Array.from({ length: step.items }, (_, item) => item),
          MaxConcurrency: step.most,
          ItemProcessor: statesOf(step.steps),
          Assign,
          ...onward,
        };
      }
    }
    return { StartAt: names[0] as string, States };
  };
  return { machine: { QueryLanguage: 'JSONata', ...statesOf(top) } as unknown as StateMachine, fails };
}

function run(machine: StateMachine, tasks: TaskHandler, more: Partial<InterpretOptions> = {}): Promise<Execution> {
  return interpret(machine, { clock: createVirtualClock(0), random: seeded(1), tasks, ...more });
}

/** As GetExecutionHistory gives it: states are named in the details alone. */
const stored = (events: readonly HistoryEvent[]) =>
  events.map((event) => {
    const { name: _, ...rest } = JSON.parse(JSON.stringify(event)) as HistoryEvent;
    return rest as HistoryEvent;
  });

it('however often it fails and is redriven, an execution ends as if it had not failed, and does nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (top) => {
      const { machine, fails } = machineOf(top);
      const smooth = await run(machine, ({ state }) => ({
        result: state,
        durationSeconds: fails.get(state)?.seconds ?? 0,
      }));
      expect(smooth.status).toBe('SUCCEEDED');
      const left = new Map([...fails].map(([name, task]) => [name, task.fails]));
      let succeeded = 0;
      const tasks: TaskHandler = ({ state }) => {
        const more = left.get(state) ?? 0;
        left.set(state, more - 1);
        const durationSeconds = fails.get(state)?.seconds ?? 0;
        if (more > 0) return { error: 'E', durationSeconds };
        return { result: state, durationSeconds };
      };
      let execution = await run(machine, tasks);
      for (let count = 1; execution.status === 'FAILED' && count < 50; count++) {
        execution = await run(machine, tasks, {
          clock: createVirtualClock(count * 1e6),
          redrive: { events: stored(execution.events), count },
        });
      }
      expect(execution.status).toBe('SUCCEEDED');
      expect(execution.output).toEqual(smooth.output);
      for (const { type } of execution.events) if (type === 'TaskStateExited') succeeded++;
      expect(succeeded).toBe(smooth.events.filter(({ type }) => type === 'TaskStateExited').length);
    }),
    { numRuns: 150 },
  );
});

it('wherever its history was cut off, an execution comes to the same end', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (top, at) => {
      const { machine, fails } = machineOf(top);
      const tasks: TaskHandler = ({ state }) => ({ result: state, durationSeconds: fails.get(state)?.seconds ?? 0 });
      const whole = await run(machine, tasks);
      const cut = whole.events.slice(0, 1 + (at % whole.events.length));
      const once = await run(machine, tasks, {
        clock: createVirtualClock(1e6),
        redrive: { events: stored(cut), count: 1 },
      });
      expect(once.output).toEqual(whole.output);
      // And cut off again in the middle of the redrive.
      const again = once.events.slice(0, cut.length + 1 + (at % (once.events.length - cut.length)));
      const twice = await run(machine, tasks, {
        clock: createVirtualClock(2e6),
        redrive: { events: stored(again), count: 2 },
      });
      expect(twice.output).toEqual(whole.output);
    }),
    { numRuns: 200 },
  );
});

it('whatever is called a history, redriving it ends, with an execution or a refusal', async () => {
  const { machine, fails } = machineOf([
    { kind: 'parallel', branches: [[{ kind: 'task', seconds: 1, fails: 0 }], [{ kind: 'wait', seconds: 2 }]] },
    { kind: 'map', items: 3, most: 1, steps: [{ kind: 'task', seconds: 1, fails: 0 }] },
  ]);
  const tasks: TaskHandler = ({ state }) => ({ result: state, durationSeconds: fails.get(state)?.seconds ?? 0 });
  const whole = stored((await run(machine, tasks)).events);
  const other = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('drop', 'swap', 'previous', 'type', 'details'),
    by: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(other, { minLength: 1, maxLength: 4 }), async (changes) => {
      let events = whole.map((event) => ({ ...event }));
      for (const { at, what, by } of changes) {
        const one = at % events.length;
        const another = events[by % events.length] as HistoryEvent;
        if (what === 'drop') events = events.filter((_, place) => place !== one);
        else if (what === 'swap') events[one] = another;
        else if (what === 'previous') events[one] = { ...(events[one] as HistoryEvent), previousEventId: by % 99 };
        else if (what === 'type') events[one] = { ...(events[one] as HistoryEvent), type: another.type };
        else events[one] = { id: one, previousEventId: one, timestamp: 0, type: another.type };
        if (events.length === 0) return;
      }
      const ended = await run(machine, tasks, { redrive: { events, count: 1 } }).catch((error: unknown) => error);
      if (!(ended instanceof TypeError)) expect(ended).toHaveProperty('status');
    }),
    { numRuns: 500 },
  );
});
