import { type Tags, tagsIn } from '../../../engines/iam/index.ts';
import { ROOT } from '../deployer.ts';
import type { Endpoint } from './endpoint.ts';
import { jsonOf } from './revisions.ts';

/** The tags of a cluster of EMR, which conditions ask for; undefined of anything else, and of a cluster that is not there. */
export async function tagsOfCluster(endpoint: Endpoint, arn: string): Promise<Tags | undefined> {
  const [, , service, region, , resource = ''] = arn.split(':');
  const [, ClusterId] = /^cluster\/(j-\w+)$/.exec(resource) ?? [];
  if (service !== 'elasticmapreduce' || ClusterId === undefined) return undefined;
  const answer = await endpoint.send({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'ElasticMapReduce.DescribeCluster',
      authorization: `AWS4-HMAC-SHA256 Credential=${ROOT.accessKeyId}/20260101/${region}/elasticmapreduce/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: Buffer.from(JSON.stringify({ ClusterId })),
  });
  const { Cluster } = answer.status === 200 ? jsonOf(answer) : {};
  return tagsIn((Cluster as { readonly Tags?: unknown } | undefined)?.Tags);
}
