import type { JsonObject } from '../../../asl/json/value.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import type { Answer } from './protocol/refusal.ts';
import type { Account } from './requests/request.ts';
import { type Ask, jsonOf } from './revisions.ts';

/** How Glue keeps the tags of crawlers and jobs, which the emulator takes when they are made and forgets, and lists them by their tags. */
const KINDS = {
  Crawler: { list: 'GetCrawlers', of: 'Crawlers', names: 'CrawlerNames', arn: 'crawler' },
  Job: { list: 'GetJobs', of: 'Jobs', names: 'JobNames', arn: 'job' },
} as const;

/** The answer of ListCrawlers and ListJobs. @see https://docs.aws.amazon.com/glue/latest/webapi/API_ListCrawlers.html */
export async function listedByTags(call: AwsCall, account: Account, ask: Ask): Promise<Answer | undefined> {
  const kind = /^List(Crawler|Job)s$/.exec(call.operation)?.[1] as keyof typeof KINDS | undefined;
  if (kind === undefined) return undefined;
  const { list, of, names, arn } = KINDS[kind];
  const wanted = Object.entries((call.parameters.Tags ?? {}) as JsonObject);
  const all = (jsonOf(await ask(list, {}))[of] ?? []) as readonly { readonly Name: string }[];
  const found: string[] = [];
  for (const { Name } of all) {
    const tags = (jsonOf(await ask('GetTags', { ResourceArn: arnOf(account, arn, Name) })).Tags ?? {}) as JsonObject;
    if (wanted.every(([key, value]) => tags[key] === value)) found.push(Name);
  }
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { status: 200, headers, body: Buffer.from(JSON.stringify({ [names]: found })) };
}

/** After a crawler or a job was made with tags. */
export async function tagged(call: AwsCall, answer: Answer, account: Account, ask: Ask): Promise<Answer> {
  const kind = /^Create(Crawler|Job)$/.exec(call.operation)?.[1] as keyof typeof KINDS | undefined;
  const { Tags } = call.parameters;
  if (kind !== undefined && Tags !== undefined && answer.status === 200) {
    const ResourceArn = arnOf(account, KINDS[kind].arn, textOf(call, 'Name'));
    await ask('TagResource', { ResourceArn, TagsToAdd: Tags });
  }
  return answer;
}

function arnOf({ partition, region, account }: Account, kind: string, name: string): string {
  return `arn:${partition}:glue:${region}:${account}:${kind}/${name}`;
}
