import type { EMR } from '@aws-sdk/client-emr';
import type { Clients } from '../../aws/clients.ts';
import { type Call, type LogsModule, logFolder, readGzipFiles, type Written } from '../logs.ts';
import { emr } from './service.ts';

export const logs: LogsModule['logs'] = { 'elasticmapreduce:addStep': ofStep };

const FILES = ['stderr', 'stdout'];

/**
 * What a step wrote: EMR copies it to `<LogUri>/<cluster>/steps/<step>/` every five minutes and when the cluster ends.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html
 */
async function ofStep(call: Call, clients: Clients, calls: readonly Call[]): Promise<Written[]> {
  const cluster = String(call.parameters.ClusterId ?? '');
  const step = /"?\b(s-[0-9A-Z]{8,})\b/.exec(call.said)?.[1] ?? (await findStep(call, cluster, clients));
  const title = `EMR step ${step ?? '(unknown)'} on ${cluster}`;
  if (step === undefined) return [{ title, lines: [], hint: `aws emr list-steps --cluster-id ${cluster}` }];
  const uri =
    logUriIn(calls, cluster) ?? (await (await emrOf(clients)).describeCluster({ ClusterId: cluster })).Cluster?.LogUri;
  if (uri === undefined) return [{ title, lines: [], hint: `The cluster has no LogUri: its logs went with it.` }];
  const folder = logFolder(uri, `${cluster}/steps/${step}`);
  const found = await readGzipFiles(clients, title, folder, FILES);
  if (found.length > 0) return found;
  const hint = `Nothing is in s3://${folder.bucket}/${folder.prefix}/ yet: EMR copies logs there every five minutes.`;
  return [{ title, lines: [], hint }];
}

/** Where this run made the cluster, its call says it. */
function logUriIn(calls: readonly Call[], cluster: string): string | undefined {
  const made = calls.find(({ action, said }) => action === 'elasticmapreduce:createCluster' && said.includes(cluster));
  return typeof made?.parameters.LogUri === 'string' ? made.parameters.LogUri : undefined;
}

async function findStep({ parameters }: Call, cluster: string, clients: Clients): Promise<string | undefined> {
  const { Name } = (parameters.Step ?? {}) as { Name?: string };
  const { Steps = [] } = await (await emrOf(clients)).listSteps({ ClusterId: cluster });
  return Steps.find((step) => step.Name === Name)?.Id;
}

function emrOf(clients: Clients): Promise<EMR> {
  return clients.of(emr.client, async (config) => new (await import('@aws-sdk/client-emr')).EMR(config));
}
