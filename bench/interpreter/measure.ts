import { createHash } from 'node:crypto';
import { processorTime } from '../measurement.ts';
import { WORKLOADS, type WorkloadName } from './machines.ts';
import { type Reading, runner, type Side } from './sides.ts';

/** Seconds of processor time; an execution that has begun is brought to its end. */
const WARM_UP = 0.5;
const MEASURE = 1;

/** The executions a second of one side on one machine, in this process; printed. */
export async function measureInterpreter(side: Side, name: WorkloadName, reading: Reading): Promise<void> {
  const run = await runner(side, name, reading);
  await until(WARM_UP, run);
  const { times, seconds } = await until(MEASURE, run);
  process.stdout.write(JSON.stringify({ executions: times / seconds }));
}

async function until(enough: number, run: () => Promise<unknown>): Promise<{ times: number; seconds: number }> {
  const begun = processorTime();
  let times = 0;
  let seconds = 0;
  while (seconds < enough) {
    await run();
    times++;
    seconds = processorTime() - begun;
  }
  return { times, seconds };
}

/** The output of a side; printed, so that the two can be compared before either is timed. */
export async function outputOf(side: Side, name: WorkloadName): Promise<void> {
  const { output } = await (await runner(side, name, 'output'))();
  const digest = createHash('sha256').update(JSON.stringify(output)).digest('hex');
  process.stdout.write(JSON.stringify({ digest, rival: WORKLOADS[name].rival }));
}
