import type { Clients } from '../aws/clients.ts';
import { checkedBucket, listObjects } from './assets.ts';
import type { Desired } from './desired/desired.ts';
import { type DeployRecord, readRecord, type Store } from './record.ts';
import type { Observed } from './resource.ts';
import { HANDLERS } from './resources/index.ts';

/** What stands on AWS of what is desired, and what the last deploy wrote down. */
export interface Standing {
  readonly record: DeployRecord | undefined;
  /** The assets that are there, with their sizes. */
  readonly assets: ReadonlyMap<string, number>;
  /** Another deploy is under way, or was killed. */
  readonly locked: boolean;
  /** By ARN; what is not there is missing. */
  readonly observed: ReadonlyMap<string, Observed>;
}

export async function observe(aws: Clients, store: Store, desired: Desired): Promise<Standing> {
  const { names, environment, resources } = desired;
  // The bucket first: without it nothing else matters, and a fault of it is said by itself.
  const objects = await checkedBucket(store.bucket, environment.name, () => listObjects(aws, store, names.folder));
  const within = (key: string) => objects.has(key.slice(names.folder.length));
  const [record, ...found] = await Promise.all([
    within(names.recordKey) ? readRecord(aws, store, names.recordKey) : undefined,
    ...resources.map(async (resource) => {
      const observed = await HANDLERS[resource.kind].observe(aws, resource);
      return observed === undefined ? [] : ([[resource.arn, observed]] as const);
    }),
  ]);
  return { record, assets: assetsAmong(objects), locked: within(names.lockKey), observed: new Map(found.flat()) };
}

/** The assets of a DAG's folder in the bucket, by key. */
export function assetsAmong(objects: ReadonlyMap<string, number>): Map<string, number> {
  const assets = [...objects].filter(([key]) => key.startsWith(ASSETS));
  return new Map(assets.map(([key, size]) => [key.slice(ASSETS.length), size]));
}

const ASSETS = 'assets/';
