import type { Clients } from '../aws/clients.ts';
import { checkedBucket, listAssets } from './assets.ts';
import type { Desired } from './desired/desired.ts';
import { type DeployRecord, readRecord, type Store } from './record.ts';
import type { Observed } from './resource.ts';
import { HANDLERS } from './resources/index.ts';

/** What stands on AWS of what is desired, and what the last deploy wrote down. */
export interface Standing {
  readonly record: DeployRecord | undefined;
  /** The assets that are there, with their sizes. */
  readonly assets: ReadonlyMap<string, number>;
  /** By ARN; what is not there is missing. */
  readonly observed: ReadonlyMap<string, Observed>;
}

export async function observe(aws: Clients, store: Store, desired: Desired): Promise<Standing> {
  const { names, environment, resources } = desired;
  // The bucket first: without it nothing else matters, and a fault of it is said by itself.
  const assets = await checkedBucket(store.bucket, environment.name, () => listAssets(aws, store, names.assetsPrefix));
  const [record, ...found] = await Promise.all([
    readRecord(aws, store, names.recordKey),
    ...resources.map(async (resource) => {
      const observed = await HANDLERS[resource.kind].observe(aws, resource);
      return observed === undefined ? [] : ([[resource.arn, observed]] as const);
    }),
  ]);
  return { record, assets, observed: new Map(found.flat()) };
}
