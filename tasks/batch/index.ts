/** AWS Batch: containers that wait in a queue. */
export { type JobFunction, type JobOutput, type JobParameters, type JobPlace, type JobTypescript, job } from './job.ts';
