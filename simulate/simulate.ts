import { createVirtualClock } from '../asl/interpret/clocks.ts';
import { interpret } from '../asl/interpret/interpret.ts';
import type { ExecutionStatus, HistoryEvent, TaskCall, TaskHandler } from '../asl/interpret/options.ts';
import type { Json } from '../asl/json/value.ts';
import { seeded } from '../asl/jsonata/index.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { readMachine } from '../asl/validate/machine-shape.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { chooseMocks, ofOneBranch } from './mocks/choose-mocks.ts';
import { mockTasks, samplesOrArguments } from './mocks/mocks.ts';

/** When a simulation begins where nobody says: always the same moment, so that the same simulation gives the same output. */
export const DEFAULT_NOW = '2026-01-01T00:00:00.000Z';

export interface SimulateOptions {
  /** The execution's input; default `{}`. */
  readonly input?: Json;
  /**
   * What tasks answer: responses by state and invocation, or a mock configuration of Step Functions Local (then `testCase` chooses). A
   * task without a mock answers its own arguments at once.
   */
  readonly mocks?: unknown;
  /** Of a mock configuration: the test case. */
  readonly testCase?: string;
  /** Of a mock configuration: the name of the state machine; not needed where it has only one. */
  readonly machine?: string;
  /**
   * What tasks without a mock answer, by state: a compiled DAG's manifest has those that its templates know. Where samples are given, the
   * other tasks answer what the model of their service says, as far as it is known.
   */
  readonly samples?: { readonly [state: string]: Json };
  /** When virtual time begins: ISO 8601 text or milliseconds since the epoch; default 2026-01-01T00:00:00Z. */
  readonly now?: string | number;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Of all randomness (jitter, `$random`, ids); default 0. */
  readonly seed?: number;
  /** Aborting it ends the execution as ABORTED. */
  readonly signal?: AbortSignal;
  /** Told of each call of a task before it is answered, those in the children of a distributed Map among them. */
  readonly onCall?: (call: TaskCall) => void;
}

export interface Simulation {
  readonly status: ExecutionStatus;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Virtual time from start to end. */
  readonly seconds: number;
  readonly events: readonly HistoryEvent[];
}

/**
 * Runs a state machine in virtual time, its tasks mocked. Nothing is sent anywhere, and the same arguments give the same answer.
 * Stops (with a `Stop`) where the definition, the mocks or `now` are not what they should be.
 */
export async function simulate(
  definition: unknown,
  options: SimulateOptions = {},
  guarding?: Guarding,
): Promise<Simulation> {
  return simulateMachine(readMachine(definition), options, guarding);
}

/** Puts what decides over calls before what answers them. */
export type Guarding = (tasks: TaskHandler) => TaskHandler;

/**
 * The same of a machine that was read.
 * @param guarding puts what may be called before the mocks
 */
export async function simulateMachine(
  machine: StateMachine,
  options: SimulateOptions,
  guarding: Guarding = (tasks) => tasks,
): Promise<Simulation> {
  const { input, signal, type, seed = 0, samples } = options;
  const { mocks } = ofOneBranch(machine, chooseMocks(options.mocks ?? {}, options));
  const answer = guarding(mockTasks(mocks, samplesOrArguments(samples)));
  const execution = await interpret(machine, {
    clock: createVirtualClock(startOf(options.now ?? DEFAULT_NOW)),
    random: seeded(seed),
    tasks: (call) => {
      options.onCall?.(call);
      return answer(call);
    },
    ...(input !== undefined && { input }),
    ...(signal !== undefined && { signal }),
    ...(type !== undefined && { type }),
  });
  const { startedAt, stoppedAt, events, ...ending } = execution;
  return { ...ending, seconds: (stoppedAt - startedAt) / 1000, events };
}

function startOf(now: string | number): number {
  const at = typeof now === 'number' ? now : Date.parse(now);
  // What a Date can hold: times are written as ISO 8601.
  if (!Number.isNaN(new Date(at).getTime())) return at;
  throw new Stop(diagnose('SIM004', { value: JSON.stringify(now) }));
}
