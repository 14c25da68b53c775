/** AWS Batch: containers that wait in a queue. */
export { type JobOutput, type JobParameters, job } from './job.ts';
