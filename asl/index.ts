export { createVirtualClock, realClock } from './interpret/clocks.ts';
export { interpret } from './interpret/interpret.ts';
export type {
  Clock,
  Execution,
  ExecutionStatus,
  HistoryEvent,
  InterpretOptions,
  TaskCall,
  TaskHandler,
  TaskReply,
} from './interpret/options.ts';
export type { Json, JsonObject } from './json.ts';
export type * from './types.ts';
export { type Finding, type ValidateOptions, validate } from './validate/validate.ts';
