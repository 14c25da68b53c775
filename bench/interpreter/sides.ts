import { createVirtualClock, interpret } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import { seeded } from '../../asl/jsonata/index.ts';
import { rivalPackage } from '../measurement.ts';
import { TASK_RESULT, WORKLOADS, type Workload, type WorkloadName } from './machines.ts';

/**
 * What is asked of an execution: its output alone, or its events as well. Both sides record them in either case. Those of the rival
 * hold the data as values; ours, as AWS's, as JSON texts, which are made when the events are read.
 */
export type Reading = 'output' | 'events';
/** Runs the machine once; answers its output and how many events were read. */
export type Runner = () => Promise<{ readonly output: Json; readonly events: number }>;

/** The machine made ready for many executions, as each library would have it. */
export const SIDES = {
  dagwright: async ({ machine, input, type }: Workload, reading: Reading): Promise<Runner> => {
    const task = { result: TASK_RESULT };
    return async () => {
      const execution = await interpret(machine, {
        clock: createVirtualClock(0),
        random: seeded(0),
        tasks: () => task,
        input,
        type,
      });
      const { status, output, error, cause } = execution;
      if (status !== 'SUCCEEDED') throw new Error(`${status}: ${error} ${cause}`);
      return { output: output as Json, events: reading === 'events' ? execution.events.length : 0 };
    };
  },

  rival: async ({ machine, input }: Workload, reading: Reading): Promise<Runner> => {
    const { StateMachine } = await rivalPackage();
    const ready = new StateMachine(machine as never);
    const taskResourceLocalHandlers = new Proxy({}, { get: () => () => TASK_RESULT });
    return async () => {
      const run = ready.run(input as never, { overrides: { taskResourceLocalHandlers } });
      const output = (await run.result) as Json;
      if (reading === 'output') return { output, events: 0 };
      const events: unknown[] = [];
      for await (const event of run.eventLogs) events.push(event);
      return { output, events: events.length };
    };
  },
} as const;
export type Side = keyof typeof SIDES;

export function runner(side: Side, name: WorkloadName, reading: Reading): Promise<Runner> {
  return SIDES[side](WORKLOADS[name], reading);
}
