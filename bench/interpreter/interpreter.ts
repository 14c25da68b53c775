import { createVirtualClock, interpret } from '../../asl/index.ts';
import { seeded } from '../../asl/jsonata/index.ts';
import { inOwnProcess, inTurn, measuredOn, median, ratioText, table } from '../measurement.ts';
import { TASK_RESULT, WORKLOADS, type Workload, type WorkloadName } from './machines.ts';
import type { Reading, Side } from './sides.ts';

const ROUNDS = 5;
const BOTH: readonly Side[] = ['dagwright', 'rival'];

/** Transitions a second of processor time, beside aws-local-stepfunctions: the same machines, inputs and answers of tasks; the outputs are compared first. */
export async function interpreter(): Promise<string> {
  const rows: string[][] = [];
  for (const name of Object.keys(WORKLOADS) as WorkloadName[]) {
    const workload: Workload = WORKLOADS[name];
    const sides = workload.rival ? BOTH : BOTH.slice(0, 1);
    compareOutputs(name, sides);
    const transitions = await transitionsOf(workload);
    for (const reading of ['output', 'events'] as const) {
      const taken = inTurn<Side, { executions: number }>(ROUNDS, sides, (side) => [
        'measure-interpreter',
        side,
        name,
        reading,
      ]);
      const speeds = (side: Side) => taken[side].map(({ executions }) => executions * transitions);
      const text = (side: Side) => thousands(median(speeds(side)));
      rows.push([
        `${workload.title}, ${READINGS[reading]}`,
        String(transitions),
        text('dagwright'),
        workload.rival ? text('rival') : 'not supported',
        workload.rival ? ratioText(speeds('dagwright'), speeds('rival')) : '',
      ]);
      process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
    }
  }
  return [
    measuredOn('aws-local-stepfunctions'),
    table(['', 'transitions', 'dagwright', 'aws-local-stepfunctions', 'ratio'], rows),
  ].join('\n\n');
}

const READINGS: { readonly [reading in Reading]: string } = { output: 'output read', events: 'output and events read' };

function compareOutputs(name: WorkloadName, sides: readonly Side[]): void {
  const digests = sides.map((side) => inOwnProcess<{ digest: string }>(['output-of', side, name]).digest);
  if (new Set(digests).size > 1) throw new Error(`The two interpreters answer differently on "${name}".`);
}

/** States entered in one execution. */
async function transitionsOf({ machine, input, type }: Workload): Promise<number> {
  const { events } = await interpret(machine, {
    clock: createVirtualClock(0),
    random: seeded(0),
    tasks: () => ({ result: TASK_RESULT }),
    input,
    type,
  });
  return events.filter((event) => event.type.endsWith('StateEntered')).length;
}

function thousands(perSecond: number): string {
  return `${(perSecond / 1000).toFixed(0)} k/s`;
}
