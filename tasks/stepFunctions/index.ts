/** AWS Step Functions: executions of other machines. */
export { type RunParameters, run, type StartedExecution } from './run.ts';
