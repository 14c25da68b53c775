/** AWS Glue: jobs and crawlers. */
export { type CrawlParameters, crawl } from './crawl.ts';
export { type JobParameters, job } from './job.ts';
export type { JobRunOutput } from './job-run.ts';
export { type PythonShellFunction, type PythonShellParameters, pythonShell } from './python-shell.ts';
export { type StartedJobRun, type StartJobParameters, startJob } from './start-job.ts';
export type { WorkerType } from './workers.ts';
