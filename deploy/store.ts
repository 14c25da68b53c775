import type { Environment } from '../project/environment.ts';

/** Where a DAG's record and assets are. */
export interface Store {
  readonly bucket: string;
  readonly account: string;
  /** The ARN of the key of one's own with which objects are encrypted; none: as the bucket says. */
  readonly kmsKey?: string;
}

export function storeOf({ artifacts, kmsKeys }: Pick<Environment, 'artifacts' | 'kmsKeys'>, account: string): Store {
  const kmsKey = kmsKeys?.artifacts;
  return { bucket: artifacts, account, ...(kmsKey !== undefined && { kmsKey }) };
}

/** How an object is to be encrypted that is written to the store. */
export function encryption({ kmsKey }: Store): { ServerSideEncryption?: 'aws:kms'; SSEKMSKeyId?: string } {
  return kmsKey === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey };
}
