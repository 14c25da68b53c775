/** AWS Glue: crawlers and Python shell jobs. */
export { type CrawlParameters, crawl } from './crawl.ts';
export { type JobRunOutput, type PythonShellParameters, pythonShell } from './python-shell.ts';
