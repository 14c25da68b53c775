/**
 * Tests of DAGs and of any state machine, in Jest or Vitest: `dagwright/jest`.
 *
 *     machine, DAG or path ─▶ read-machine ─▶ simulate, in virtual time ─▶ SimulatedRun ─▶ matchers
 *
 * Importing it adds the matchers to `expect`.
 */
import './matcher-types.ts';
import { register } from './matchers/index.ts';

export type { ExecutionStatus, HistoryEvent, Json } from '../asl/index.ts';
export type { MockResponse, MockResponses } from '../local/index.ts';
export type { TaskEnd, TaskState } from '../report/end-states.ts';
export type { DagwrightMatchers, ExpectedFailure } from './matcher-types.ts';
export type { AnyMachine } from './read-machine.ts';
export type { AnyMocks, MockOfState } from './simulate.ts';
export { type SimulateMachineOptions, simulate } from './simulate.ts';
export type { Call, SimulatedRun } from './simulated-run.ts';

// Told again, and awaited, where a run is simulated.
register().catch(() => undefined);
