import { gunzipSync } from 'node:zlib';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { type Call, lastLines, type Written } from './call.ts';

const FILES = ['stderr', 'stdout'] as const;

/**
 * What a step wrote: EMR copies it to `<LogUri>/<cluster>/steps/<step>/` every five minutes and when the cluster ends.
 * @param calls all of the run's, in which the cluster's own may be
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html
 */
export async function ofStep(call: Call, calls: readonly Call[], clients: Clients): Promise<Written[]> {
  const cluster = String(call.parameters.ClusterId ?? '');
  const step = /"?\b(s-[0-9A-Z]{8,})\b/.exec(call.said)?.[1] ?? (await findStep(call, cluster, clients));
  const title = `EMR step ${step ?? '(unknown)'} on ${cluster}`;
  if (step === undefined) return [{ title, lines: [], hint: `aws emr list-steps --cluster-id ${cluster}` }];
  const uri =
    logUriIn(calls, cluster) ?? (await (await clients.emr()).describeCluster({ ClusterId: cluster })).Cluster?.LogUri;
  if (uri === undefined) return [{ title, lines: [], hint: `The cluster has no LogUri: its logs went with it.` }];
  const [, bucket = '', prefix = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*?)\/?$/.exec(uri) ?? [];
  const folder = `${prefix === '' ? '' : `${prefix}/`}${cluster}/steps/${step}`;
  const found: Written[] = [];
  for (const file of FILES) {
    const text = await readGzip(clients, bucket, `${folder}/${file}.gz`);
    if (text !== undefined && text.trim() !== '')
      found.push({ title: `${title}: ${file} (s3://${bucket}/${folder}/${file}.gz)`, lines: lastLines(text) });
  }
  if (found.length > 0) return found;
  return [
    {
      title,
      lines: [],
      hint: `Nothing is in s3://${bucket}/${folder}/ yet: EMR copies logs there every five minutes.`,
    },
  ];
}

/** Where this run made the cluster, its call says it. */
function logUriIn(calls: readonly Call[], cluster: string): string | undefined {
  const made = calls.find(({ action, said }) => action === 'elasticmapreduce:createCluster' && said.includes(cluster));
  return typeof made?.parameters.LogUri === 'string' ? made.parameters.LogUri : undefined;
}

async function findStep({ parameters }: Call, cluster: string, clients: Clients): Promise<string | undefined> {
  const { Name } = (parameters.Step ?? {}) as { Name?: string };
  const { Steps = [] } = await (await clients.emr()).listSteps({ ClusterId: cluster });
  return Steps.find((step) => step.Name === Name)?.Id;
}

async function readGzip(clients: Clients, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    const { Body } = await (await clients.s3()).getObject({ Bucket, Key });
    return gunzipSync(await Body!.transformToByteArray()).toString('utf8');
  } catch (error) {
    if (isError(error, 'NoSuchKey', 'NoSuchBucket', 'NotFound')) return undefined;
    throw error;
  }
}
