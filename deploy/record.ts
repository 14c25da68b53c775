import type { Json } from '../asl/json/value.ts';
import type { Clients } from '../aws/clients.ts';
import { isError } from '../aws/errors.ts';
import type { Identity } from './resource.ts';

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
  /** What the role allowed then; null where the role is not ours. */
  readonly policy: Json;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

/** Where a DAG's record and assets are. */
export interface Store {
  readonly bucket: string;
  readonly account: string;
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
    ContentType: 'application/json',
    Body: `${JSON.stringify(record, undefined, 2)}\n`,
  });
}
