import type { Json } from '../asl/json/value.ts';
import type { Clients } from '../aws/clients.ts';
import { isError } from '../aws/errors.ts';
import { checkedBucket, listObjects } from './assets.ts';
import type { Desired } from './desired/desired.ts';
import type { Identity, Observed } from './resource.ts';
import { HANDLERS } from './resources/handlers.ts';
import { type Looking, shown } from './shown.ts';
import { encryption, type Store } from './store.ts';

/** What was made for a DAG, kept in the artifact bucket: for plan (what changed by hand), rollback, prune and destroy. */
export interface DeployRecord {
  readonly recordVersion: 1;
  readonly dag: string;
  readonly environment: string;
  /** What the last deploy left behind it, in the order in which it was made. */
  readonly resources: readonly Identity[];
  /** By ARN and property: the fingerprint of what was applied last. */
  readonly applied: Fingerprints;
  /** Whether the schedule was to be on. */
  readonly schedule?: string;
  /** The versions that were live, the oldest first; the last one is what the last deploy or rollback made live. */
  readonly deploys: readonly DeployedVersion[];
  /** A deploy that has begun and not ended: what it was to make. */
  readonly pending?: { readonly resources: readonly Identity[]; readonly applied: Fingerprints };
}

export type Fingerprints = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A version that was live once. */
export interface DeployedVersion {
  /** Its ARN. */
  readonly version: string;
  /** Of the machine's content. */
  readonly content: string;
  readonly assets: readonly string[];
  /** The ARNs of its functions, their aliases and roles, which stay as long as it does; left out where it has none. */
  readonly functions?: readonly string[];
  /** What the role allowed then; null where the role is not ours. */
  readonly policy: Json;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

export async function readRecord(aws: Clients, store: Store, key: string): Promise<DeployRecord | undefined> {
  try {
    const s3 = await aws.s3();
    const { Body } = await s3.getObject({ Bucket: store.bucket, Key: key, ExpectedBucketOwner: store.account });
    return JSON.parse(await Body!.transformToString()) as DeployRecord;
  } catch (error) {
    if (isError(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}

export async function writeRecord(aws: Clients, store: Store, key: string, record: DeployRecord): Promise<void> {
  const s3 = await aws.s3();
  await s3.putObject({
    Bucket: store.bucket,
    Key: key,
    ExpectedBucketOwner: store.account,
    ...encryption(store),
    ContentType: 'application/json',
    Body: `${JSON.stringify(record, undefined, 2)}\n`,
  });
}

/** Which of the desired resources exist on AWS, and the record of the last deploy. */
export interface CurrentState {
  readonly record: DeployRecord | undefined;
  /** The assets that are there, with their sizes. */
  readonly assets: ReadonlyMap<string, number>;
  /** Another deploy is under way, or was killed. */
  readonly locked: boolean;
  /** By ARN; what is not there is missing. */
  readonly observed: ReadonlyMap<string, Observed>;
}

export async function observe(aws: Clients, store: Store, desired: Desired, looking: Looking): Promise<CurrentState> {
  const { names, environment, resources } = desired;
  // The bucket first: without it nothing else matters, and a fault of it is said by itself.
  const objects = await checkedBucket(environment, () => listObjects(aws, store, names.folder));
  const within = (key: string) => objects.has(key.slice(names.folder.length));
  const [record, ...found] = await Promise.all([
    within(names.recordKey) ? readRecord(aws, store, names.recordKey) : undefined,
    ...resources.map(async (resource) => {
      const observed = await HANDLERS[resource.kind].observe(aws, resource);
      return observed === undefined ? [] : ([[resource.arn, observed]] as const);
    }),
  ]);
  const observed = await shown(aws, record, resources, new Map(found.flat()), looking);
  return { record, assets: assetsAmong(objects), locked: within(names.lockKey), observed };
}

/** The assets of a DAG's folder in the bucket, by key. */
export function assetsAmong(objects: ReadonlyMap<string, number>): Map<string, number> {
  const assets = [...objects].filter(([key]) => key.startsWith(ASSETS));
  return new Map(assets.map(([key, size]) => [key.slice(ASSETS.length), size]));
}

const ASSETS = 'assets/';
