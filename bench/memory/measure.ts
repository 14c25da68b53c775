import { createVirtualClock, interpret } from '../../asl/index.ts';
import { seeded } from '../../asl/jsonata/index.ts';
import { rivalPackage } from '../measurement.ts';
import { LONG_RUNS, type LongRun, type LongRunName } from './machines.ts';

/** How often a run is looked at. */
const LOOKS = 20;

export interface HeapMeasured {
  /** Bytes that live after a garbage collection: before the run, at its first look, at its last, and the most. */
  readonly before: number;
  readonly first: number;
  readonly last: number;
  readonly most: number;
}
export type MemorySide = 'dagwright' | 'rival';

const SIDES = {
  dagwright: async ({ machine, input, items }: LongRun, count: (turn: number) => number) => {
    const { status, error, cause } = await interpret(machine, {
      clock: createVirtualClock(Date.parse('2026-01-01')),
      random: seeded(0),
      tasks: (call) => {
        if (call.reads) return 'read' in items ? { items } : { result: items };
        if (call.writes) return { result: {} };
        return { result: count((call.arguments as { turn: number }).turn) };
      },
      input,
      keepEvents: false,
    });
    if (status !== 'SUCCEEDED') throw new Error(`${status}: ${error} ${cause}`);
  },
  rival: async ({ machine, input }: LongRun, count: (turn: number) => number) => {
    const { StateMachine } = await rivalPackage();
    const ready = new StateMachine(machine as never, { validationOptions: { noValidate: true } });
    const Count = ({ turn }: { turn: number }) => count(turn);
    await ready.run(input as never, { overrides: { taskResourceLocalHandlers: { Count: Count as never } } }).result;
  },
} as const;

/** What lives at points of a run, in a process that has --expose-gc; printed. */
export async function measureMemory(side: MemorySide, name: LongRunName, size: string): Promise<void> {
  const run = LONG_RUNS[name].make(Number(size));
  const every = Math.ceil(run.calls / LOOKS);
  const looks: number[] = [];
  const before = alive();
  let calls = 0;
  await SIDES[side](run, (turn) => {
    if (calls++ % every === 0) looks.push(alive());
    return turn + 1;
  });
  const measured: HeapMeasured = {
    before,
    first: looks[0] as number,
    last: looks.at(-1) as number,
    most: Math.max(...looks),
  };
  process.stdout.write(JSON.stringify(measured));
}

function alive(): number {
  (globalThis as unknown as { gc(): void }).gc();
  return process.memoryUsage().heapUsed;
}
