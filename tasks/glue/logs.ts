import type { Clients } from '../../aws/clients.ts';
import { type Call, type LogsModule, readStream, type Written } from '../logs.ts';

export const logs: LogsModule['logs'] = { 'glue:startJobRun': ofJob, 'aws-sdk:glue:startCrawler': ofCrawler };

/**
 * What a job wrote: standard error and output have a log group each, with a stream named by the run.
 * @see https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
 */
async function ofJob(call: Call, clients: Clients): Promise<Written[]> {
  const run = /\bjr_[0-9a-f]+(?:_attempt_\d+)?\b/.exec(call.said)?.[0];
  const job = String(call.parameters.JobName ?? '');
  const title = `Glue job ${job} ${run ?? ''}`.trim();
  if (run === undefined) return [{ title, lines: [], hint: `aws glue get-job-runs --job-name ${job}` }];
  const group = /"LogGroupName":\s*"([^"]+)"/.exec(call.said)?.[1];
  const groups = group === undefined ? ['/aws-glue/python-jobs', '/aws-glue/jobs'] : [group];
  const found: Written[] = [];
  for (const one of groups)
    for (const stream of ['error', 'output']) {
      const written = await readStream(clients, title, `${one}/${stream}`, run);
      if (written !== undefined) found.push(written);
    }
  if (found.length > 0) return found;
  return [
    {
      title,
      lines: [],
      hint: `Nothing of it is in CloudWatch Logs, ${groups.join(' or ')}. aws glue get-job-run --job-name ${job} --run-id ${run}`,
    },
  ];
}

/** What a crawler wrote: all of its crawls go to a stream of its name. */
async function ofCrawler(call: Call, clients: Clients): Promise<Written[]> {
  const name = String(call.parameters.Name ?? '');
  const title = `Glue crawler ${name}`;
  const written = await readStream(clients, title, '/aws-glue/crawlers', name);
  return [written ?? { title, lines: [], hint: `aws glue list-crawls --crawler-name ${name}` }];
}
