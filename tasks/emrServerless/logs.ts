import type { Clients } from '../../aws/clients.ts';
import { type Call, type LogsModule, logFolder, readGzipFiles, readStream, type Written } from '../logs.ts';

export const logs: LogsModule['logs'] = { 'emr-serverless:startJobRun': ofJob };

interface Monitoring {
  readonly S3MonitoringConfiguration?: { readonly LogUri?: string };
  readonly CloudWatchLoggingConfiguration?: {
    readonly Enabled?: boolean;
    readonly LogGroupName?: string;
    readonly LogStreamNamePrefix?: string;
  };
}

const FILES = ['stderr', 'stdout'];

/**
 * What a job's driver wrote: in S3 below `<LogUri>/applications/<application>/jobs/<job>/SPARK_DRIVER/`, in CloudWatch Logs in streams
 * of the same path. Without either EMR has it, and shows it in a browser.
 * @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/logging.html
 */
async function ofJob({ parameters, said }: Call, clients: Clients): Promise<Written[]> {
  const application = String(parameters.ApplicationId ?? '');
  const job = /"JobRunId":\s*"([^"]+)"/.exec(said)?.[1];
  const details = /"StateDetails":\s*"((?:[^"\\]|\\.)+)"/.exec(said)?.[1];
  const title = `EMR Serverless job ${job ?? '(unknown)'} on ${application}`;
  if (job === undefined)
    return [{ title, lines: [], hint: `aws emr-serverless list-job-runs --application-id ${application}` }];
  const overrides = parameters.ConfigurationOverrides as { readonly MonitoringConfiguration?: Monitoring } | undefined;
  const { S3MonitoringConfiguration: s3, CloudWatchLoggingConfiguration: cloudWatch } =
    overrides?.MonitoringConfiguration ?? {};
  const path = `applications/${application}/jobs/${job}/SPARK_DRIVER`;
  const found: Written[] = [];
  if (s3?.LogUri !== undefined) found.push(...(await readGzipFiles(clients, title, logFolder(s3.LogUri, path), FILES)));
  if (cloudWatch?.Enabled) {
    const { LogGroupName: group = '/aws/emr-serverless', LogStreamNamePrefix: prefix = '' } = cloudWatch;
    for (const file of FILES) {
      const written = await readStream(clients, title, group, `${prefix}/${path}/${file}`);
      if (written !== undefined) found.push(written);
    }
  }
  if (found.length > 0) return found;
  const lines = details === undefined ? [] : [JSON.parse(`"${details}"`) as string];
  const hint = `aws emr-serverless get-dashboard-for-job-run --application-id ${application} --job-run-id ${job}`;
  return [{ title, lines, hint }];
}
