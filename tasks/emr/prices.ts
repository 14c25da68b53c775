import type { Amount, Charge } from '../../authoring/internal.ts';
import { knownText, textForPeople } from '../checked.ts';

/**
 * What an hour of an instance takes on demand, Linux, in us-east-1, per xlarge: in each of these families the price grows with the size,
 * so that an 8xlarge takes eight times as much. From AWS's Price List of 2026-01-19, as github.com/aws/karpenter-provider-aws keeps it in
 * `pkg/providers/pricing/zz_generated.pricing_aws.go` (commit 031e72b).
 * @see https://aws.amazon.com/ec2/pricing/on-demand/
 */
const PER_XLARGE: { readonly [sizes: string]: { readonly [family: string]: number } } = {
  '1 2 4 8 12 16 24': { c5a: 0.154, m5: 0.192, m5a: 0.172, m5d: 0.226, r5: 0.252, r5a: 0.226, r5d: 0.288 },
  '1 2 4 9 12 18 24': { c5: 0.17, c5d: 0.192 },
  '1 2 4 8 12 16': {
    ...{ c6g: 0.136, c6gd: 0.1536, c7g: 0.145, m6g: 0.154, m6gd: 0.1808, m7g: 0.1632 },
    ...{ r6g: 0.2016, r6gd: 0.2304, r7g: 0.2142 },
  },
  '1 2 4 8 12 16 24 32': { c6i: 0.17, c6id: 0.2016, m6i: 0.192, m6id: 0.2373, r6i: 0.252, r6id: 0.3024 },
  '1 2 4 8 12 16 24 32 48': { c6a: 0.153, c7a: 0.20528, m6a: 0.1728, m7a: 0.23184, r6a: 0.2268, r7a: 0.3043 },
  '1 2 4 8 12 16 24 48': {
    ...{ c7i: 0.1785, c8g: 0.15952, m7i: 0.2016, m8g: 0.17952, r7i: 0.2646, r8g: 0.23564 },
  },
  '1 2 4 8 16': { i3: 0.312, i4g: 0.30888 },
  '1 2 3 6 12 24': { i3en: 0.452 },
};

export const EC2_AS_OF = 'January 2026';

/**
 * EMR's part comes on top of EC2's: a quarter of the price on demand, which stays the same on spot. Of large instances of the fifth
 * generation AWS takes no more than $0.27 (`m5d.8xlarge` to `m5d.24xlarge`, as github.com/ldbc/ldbc_snb_datagen_spark quotes the page);
 * whether of others too, no source says, so that theirs lies between the two.
 * @see https://aws.amazon.com/emr/pricing/
 * @see https://docs.aws.amazon.com/ElasticMapReduce/latest/DeveloperGuide/SpotInstancePricing.html
 */
const EMR_SHARE = 0.25;
const EMR_CAP = 0.27;

/**
 * "Spot instances are spare capacity … at up to 90 % less", and never more than on demand where no bid says otherwise.
 * @see https://aws.amazon.com/emr/pricing/
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-emr-cluster-instancetypeconfig.html
 */
const SPOT_LEAST = 0.1;

export interface PricedGroup {
  readonly type: string;
  readonly count: number;
  readonly market?: 'on-demand' | 'spot' | undefined;
}

/** EC2's price of an hour on demand, in us-east-1; undefined for a type that is not listed here. */
export function instanceHour(type: string): number | undefined {
  const [, family, size] = /^([a-z0-9]+)\.(\d*)xlarge$/.exec(type) ?? [];
  if (family === undefined) return undefined;
  const times = size === '' ? '1' : size!;
  const listed = Object.entries(PER_XLARGE).find(
    ([sizes, prices]) => Object.hasOwn(prices, family) && sizes.split(' ').includes(times),
  );
  return listed && Number((listed[1][family]! * Number(times)).toFixed(6));
}

/** The same of a parameter, which may be known later. */
function hourOf(type: string): number | undefined {
  const known = knownText(type);
  return known === undefined ? undefined : instanceHour(known);
}

/** What an hour of some instances takes, EC2's and EMR's part; those without a price are left out. */
export function groupsHour(groups: readonly PricedGroup[]): Amount {
  let [least, most] = [0, 0];
  for (const { type, count, market } of groups) {
    const price = hourOf(type);
    if (price === undefined) continue;
    least += count * (price * (market === 'spot' ? SPOT_LEAST : 1) + Math.min(price * EMR_SHARE, EMR_CAP));
    most += count * (price + price * EMR_SHARE);
  }
  return { least: cents(least), most: cents(most) };
}

/** What a cluster takes while it is up. EMR takes a minute at least. */
export function clusterCharge(groups: readonly PricedGroup[]): Charge {
  const instances = groups.map(
    ({ type, count, market }) => `${count} × ${textForPeople(type)}${market === 'spot' ? ' (spot)' : ''}`,
  );
  const unknown = [...new Set(groups.flatMap(({ type }) => (hourOf(type) === undefined ? [textForPeople(type)] : [])))];
  const all = groupsHour(groups);
  const [least, most] = [all.least, all.most!].map(text) as [string, string];
  const known = groups.some(({ type }) => hourOf(type) !== undefined);
  const hour = known ? `${least === most ? least : `${least} to ${most}`} an hour` : 'by the hour';
  return {
    what: `${instances.join(', ')}: ${hour}, EC2’s part and EMR’s`,
    ...(known && { perHour: all, least: all.least / 60 }),
    ...(unknown.length > 0 && { open: `no price of ${unknown.join(' and ')} is known here` }),
    source: 'https://aws.amazon.com/emr/pricing/',
    asOf: EC2_AS_OF,
  };
}

/** To the hundredth of a cent: sums of prices are exact there, and the same on every machine. */
function cents(dollars: number): number {
  return Number(dollars.toFixed(4));
}

function text(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
