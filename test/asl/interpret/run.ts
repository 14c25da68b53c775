import {
  createVirtualClock,
  type Execution,
  type InterpretOptions,
  interpret,
  type StateMachine,
  type TaskHandler,
} from '../../../asl/index.ts';
import { seeded } from '../../../asl/jsonata/index.ts';

/** Every task answers its arguments at once. */
export const echo: TaskHandler = (call) => ({ result: call.arguments });

/** Runs states in JSONata from the first one, in virtual time from 0. */
export function run(
  states: object,
  options: Partial<InterpretOptions> & { readonly machine?: object } = {},
): Promise<Execution> {
  const { machine, ...rest } = options;
  const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...machine };
  return interpret(definition as StateMachine, {
    clock: createVirtualClock(0),
    random: seeded(1),
    tasks: echo,
    ...rest,
  });
}

/** The same for states in JSONPath. */
export function runJsonPath(states: object, options: Partial<InterpretOptions> = {}): Promise<Execution> {
  return run(states, { ...options, machine: { QueryLanguage: 'JSONPath' } });
}

export function types(execution: Execution): string {
  return execution.events.map(({ type, name }) => (name === undefined ? type : `${type}:${name}`)).join(' ');
}

/** When (seconds) each event of a type happened. */
export function times(execution: Execution, type: string): number[] {
  return execution.events.filter((event) => event.type === type).map(({ timestamp }) => timestamp / 1000);
}

export const task = (fields: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {},
  End: true,
  ...fields,
});
export const pass = (fields: object = {}) => ({ Type: 'Pass', End: true, ...fields });
