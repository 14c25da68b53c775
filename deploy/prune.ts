import type { Clients } from '../aws/clients.ts';
import { orUndefined } from '../aws/errors.ts';
import { removeAssets } from './assets.ts';
import type { Desired } from './desired/desired.ts';
import type { DeployedVersion, Store } from './record.ts';
import { versionsOf } from './resources/machine.ts';

export interface PruneOptions {
  readonly aws: Clients;
  readonly store: Store;
  readonly desired: Desired;
  readonly live: string;
  readonly deploys: readonly DeployedVersion[];
  /** Those that stood there before this deploy. */
  readonly assets: ReadonlyMap<string, number>;
}

/**
 * Keeps the newest versions, as many as the environment says, and what is live; and of the assets those that a kept version names. Answers
 * the history of what was kept.
 */
export async function prune({ aws, store, desired, live, deploys, assets }: PruneOptions): Promise<DeployedVersion[]> {
  const { environment, names } = desired;
  const sfn = await aws.sfn();
  const versions = await versionsOf(sfn, names.machineArn);
  const kept = new Set([...versions.slice(0, environment.keep.versions), live]);
  for (const version of versions.filter((one) => !kept.has(one)).reverse()) {
    // Somebody's own alias may hold it: then it stays.
    const deleted = await orUndefined(
      sfn.deleteStateMachineVersion({ stateMachineVersionArn: version }).then(() => true),
      'ConflictException',
    );
    if (deleted === undefined) kept.add(version);
  }
  const left = deploys.filter(({ version }) => kept.has(version));
  const named = new Set([...left.flatMap((one) => one.assets), ...desired.assets.map(({ key }) => key)]);
  const unnamed = [...assets.keys()].filter((key) => !named.has(key));
  await removeAssets(aws, store, names.assetsPrefix, unnamed);
  return left;
}
