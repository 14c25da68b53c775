import fc from 'fast-check';
import type { StateMachine } from '../../../asl/index.ts';

/** What a state is made of: its steps become states with names of their own. */
export type Step =
  | { readonly kind: 'task'; readonly seconds: number; readonly fails: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'choice' }
  | { readonly kind: 'parallel'; readonly branches: readonly Step[][] }
  | { readonly kind: 'map'; readonly items: number; readonly most: number; readonly steps: readonly Step[] };

export const { steps } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
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
export function machineOf(top: readonly Step[]): {
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
