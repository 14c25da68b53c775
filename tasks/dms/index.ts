/** AWS Database Migration Service. */
export { type TaskOutput, type TaskParameters, task } from './task.ts';
