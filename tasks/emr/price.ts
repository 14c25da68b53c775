import type { Charge } from '../../authoring/internal.ts';

interface Instances {
  readonly type: string;
  readonly count: number;
  readonly market?: 'on-demand' | 'spot';
}

/** What a cluster takes while it is up: the price of each type of instance stands on the page alone, EC2's and EMR's part of it. */
export function clusterCharge(groups: readonly Instances[]): Charge {
  const instances = groups.map(({ type, count, market }) => `${count} × ${type}${market === 'spot' ? ' (spot)' : ''}`);
  return Object.freeze({
    what: `${instances.join(', ')}: EC2’s and EMR’s price of each, from its start to its end`,
    source: 'https://aws.amazon.com/emr/pricing/',
  });
}
