import type { Caller } from '../../aws/caller.ts';
import { roleArn } from '../../aws/names.ts';
import type { Desired } from '../desired/desired.ts';
import { BUCKET_CALLS, callsOf, decidedOn, PASSES_TO } from '../permissions/calls.ts';
import type { Change, Plan } from '../plan.ts';
import type { Resource } from '../resource.ts';
import type { Context } from './simulator.ts';

/** Actions that the caller must be allowed, on each of the resources. */
export interface Need {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context: Context;
}

/** What the caller must be allowed, so that a plan can be carried out, on the resources on which IAM decides it. */
export function needsOf(desired: Desired, plan: Plan, caller: Caller): Need[] {
  const single = [
    ...bucketNeeds(desired, plan, caller),
    ...plan.changes.flatMap((change) =>
      changeNeeds(
        change,
        desired.resources.find(({ arn }) => arn === change.arn),
        caller,
      ),
    ),
  ];
  const byResource = grouped(single, ({ resource, context }) => JSON.stringify([resource, context])).map((all) => ({
    actions: [...new Set(all.map(({ action }) => action))].sort(),
    resource: all[0]!.resource,
    context: all[0]!.context,
  }));
  return grouped(byResource, ({ actions, context }) => JSON.stringify([actions, context])).map((all) => ({
    actions: all[0]!.actions,
    resources: all.map(({ resource }) => resource),
    context: { ...known(caller, all[0]!.actions), ...all[0]!.context },
  }));
}

interface Single {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

function bucketNeeds({ names, environment }: Desired, { assets }: Plan, { partition }: Caller): Single[] {
  const bucket = `arn:${partition}:s3:::${environment.artifacts}`;
  const objects = [names.recordKey, names.lockKey, ...assets.slice(0, 10).map(({ key }) => names.assetsPrefix + key)];
  return [
    ...BUCKET_CALLS.bucket.map((action) => ({ action, resource: bucket, context: {} })),
    ...objects.flatMap((key) =>
      ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'].map((action) => ({
        action,
        resource: `${bucket}/${key}`,
        context: {},
      })),
    ),
    ...keyNeeds(environment),
  ];
}

/** Keys of one's own, which S3 and EventBridge Scheduler use on the caller's behalf. */
function keyNeeds({ kmsKeys = {} }: Desired['environment']): Single[] {
  const through = ['kms:Decrypt', 'kms:GenerateDataKey'];
  return [kmsKeys.artifacts, kmsKeys.schedule].flatMap((key) =>
    key === undefined ? [] : through.map((action) => ({ action, resource: key, context: {} })),
  );
}

function changeNeeds(change: Change, resource: Resource | undefined, caller: Caller): Single[] {
  const { kind, action, arn, differs } = change;
  const step = action === 'adopt' ? 'update' : action;
  const calls = callsOf(kind, step, action === 'adopt' ? [...differs, 'tags'] : differs);
  const wanted = calls.filter((call) => !OPTIONAL[call] || OPTIONAL[call](resource));
  const context = resource === undefined || step === 'delete' ? {} : contextOf(resource);
  const found = wanted.map((call) => ({ action: call, resource: decidedOn(call, arn), context }));
  const service = PASSES_TO[kind];
  const passes = resource !== undefined && step !== 'delete' && calls.some((call) => !/:Tag/.test(call));
  if (service === undefined || !passes) return found;
  const role = String(resource.properties.role);
  return [
    ...found,
    {
      action: 'iam:PassRole',
      resource: role.startsWith('arn:') ? role : roleArn(caller, role),
      context: { 'iam:PassedToService': service },
    },
  ];
}

/** Calls that are made for some resources of their kind alone. */
const OPTIONAL: { readonly [action: string]: (resource: Resource | undefined) => boolean } = {
  'iam:AttachRolePolicy': (resource) => others(resource).length > 0,
  'iam:DetachRolePolicy': (resource) => resource === undefined || others(resource).length > 0,
  'iam:PutRolePolicy': (resource) => resource?.properties.policy !== null,
  'states:PublishStateMachineVersion': (resource) => resource?.versioned === true,
  'states:DeleteStateMachineVersion': (resource) => resource === undefined || resource.versioned === true,
};

function others(resource: Resource | undefined): readonly string[] {
  return (resource?.properties.others ?? []) as readonly string[];
}

/** What the calls about a resource say of themselves. */
function contextOf(resource: Resource): Context {
  const tags = Object.entries(resource.tags);
  const policies = others(resource);
  const { topic, boundary } = resource.properties;
  return {
    // An alias and a schedule have none.
    ...(resource.kind !== 'alias' &&
      resource.kind !== 'schedule' && {
        ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
        'aws:TagKeys': tags.map(([key]) => key),
      }),
    ...(policies.length > 0 && { 'iam:PolicyARN': policies }),
    ...(typeof boundary === 'string' && { 'iam:PermissionsBoundary': boundary }),
    ...(typeof topic === 'string' && { 'cloudwatch:AlarmActions': [topic] }),
  };
}

/**
 * What is known of every request. Whether the caller logged in with a second factor, from which address it calls and what its session
 * allows nobody here knows: it is not said, and IAM answers that it would have to know it.
 */
function known({ partition, region, account }: Caller, actions: readonly string[]): Context {
  const global = actions.every((action) => action.startsWith('iam:') && action !== 'iam:PassRole');
  return {
    // IAM has one endpoint a partition; of `aws` it is known where it stands.
    ...(global ? partition === 'aws' && { 'aws:RequestedRegion': 'us-east-1' } : { 'aws:RequestedRegion': region }),
    'aws:ResourceAccount': account,
    'aws:SecureTransport': true,
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
