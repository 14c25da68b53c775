export { NoHistory, NotJson, readHistory } from './history/read-history.ts';
export { OtherMachine, type Trace, type Transition, trace, type VisitStatus } from './history/trace.ts';
export type { Attempt, Visit, Within } from './history/visit.ts';
export { createVirtualClock, realClock } from './interpret/clocks.ts';
export { interpret } from './interpret/interpret.ts';
export type {
  ChildExecution,
  MapRun,
  MapRunCounts,
  MapRunDescription,
  MapRunSettings,
} from './interpret/map-run.ts';
export type {
  Clock,
  Execution,
  ExecutionStatus,
  HistoryEvent,
  InterpretOptions,
  ItemLot,
  ItemSource,
  ItemStream,
  Redrive,
  TaskCall,
  TaskHandler,
  TaskReply,
} from './interpret/options.ts';
export {
  type InspectionData,
  TestStateRefusal,
  type TestStateRequest,
  type TestStateResponse,
  type TestStateWorld,
  testState,
} from './interpret/test-state.ts';
export { Unreadable } from './items/read-text.ts';
export type { Json, JsonObject } from './json/value.ts';
export type * from './language/types.ts';
export { type Finding, type ValidateOptions, validate } from './validate/validate.ts';
