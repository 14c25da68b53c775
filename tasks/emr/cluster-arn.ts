import { builtIn } from '../../authoring/internal.ts';

/** Every cluster of the account and region: a cluster's id is not known before it is made. */
export function clusterArn(): string {
  return `arn:${builtIn('partition')}:elasticmapreduce:${builtIn('region')}:${builtIn('account')}:cluster/*`;
}
