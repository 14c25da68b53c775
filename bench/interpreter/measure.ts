import { createHash } from 'node:crypto';
import { WORKLOADS, type WorkloadName } from './machines.ts';
import { type Reading, runner, type Side } from './sides.ts';

/** Milliseconds. */
const WARM_UP = 700;
const MEASURE = 1_500;

/** The transitions a second of one side on one machine, in this process; printed. */
export async function measureInterpreter(side: Side, name: WorkloadName, reading: Reading): Promise<void> {
  const run = await runner(side, name, reading);
  await until(WARM_UP, run);
  const { times, seconds } = await until(MEASURE, run);
  process.stdout.write(JSON.stringify({ executions: times / seconds }));
}

async function until(milliseconds: number, run: () => Promise<unknown>): Promise<{ times: number; seconds: number }> {
  const begun = performance.now();
  let times = 0;
  let now = begun;
  while (now - begun < milliseconds) {
    await run();
    times++;
    now = performance.now();
  }
  return { times, seconds: (now - begun) / 1000 };
}

/** The output of a side; printed, so that the two can be compared before either is timed. */
export async function outputOf(side: Side, name: WorkloadName): Promise<void> {
  const { output } = await (await runner(side, name, 'output'))();
  const digest = createHash('sha256').update(JSON.stringify(output)).digest('hex');
  process.stdout.write(JSON.stringify({ digest, rival: WORKLOADS[name].rival }));
}
