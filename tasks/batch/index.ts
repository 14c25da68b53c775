/** AWS Batch: containers that wait in a queue. */
export { type JobFunction, type JobOutput, type JobParameters, job } from './job.ts';
