import type { Charge } from '../../authoring/internal.ts';
import { knownText, textForPeople } from '../checked.ts';

interface Rates {
  readonly vcpu: number;
  readonly gigabyte: number;
}

/**
 * What an hour of a vCPU and of a gigabyte of memory takes on x86, by region: GoogleCloudPlatform/PerfKitBenchmarker,
 * aws_dpb_emr_serverless_prices.py (commit 441d2f9), generated from AWS's Price List. Storage, which is free up to 20 GB of each worker,
 * is left out.
 * @see https://aws.amazon.com/emr/pricing/
 */
const PER_HOUR: { readonly [region: string]: Rates } = {
  'us-east-1': { vcpu: 0.052624, gigabyte: 0.0057785 },
  'us-east-2': { vcpu: 0.052624, gigabyte: 0.0057785 },
  'us-west-1': { vcpu: 0.060528, gigabyte: 0.006643 },
  'us-west-2': { vcpu: 0.052624, gigabyte: 0.0057785 },
  'ap-northeast-1': { vcpu: 0.065728, gigabyte: 0.007189 },
  'ap-northeast-2': { vcpu: 0.060528, gigabyte: 0.006643 },
  'ap-south-1': { vcpu: 0.055328, gigabyte: 0.0060515 },
  'ap-southeast-1': { vcpu: 0.065728, gigabyte: 0.007189 },
  'ap-southeast-2': { vcpu: 0.063128, gigabyte: 0.006916 },
  'ca-central-1': { vcpu: 0.057928, gigabyte: 0.0063245 },
  'eu-central-1': { vcpu: 0.060528, gigabyte: 0.006643 },
  'eu-north-1': { vcpu: 0.05785, gigabyte: 0.00637 },
  'eu-west-1': { vcpu: 0.052624, gigabyte: 0.0057785 },
  'eu-west-2': { vcpu: 0.060528, gigabyte: 0.006643 },
  'eu-west-3': { vcpu: 0.06318, gigabyte: 0.00689 },
  'sa-east-1': { vcpu: 0.09048, gigabyte: 0.00988 },
};
const BASE = PER_HOUR['us-east-1']!;

/** "AWS Graviton2 is offered at a 20% lower cost than the x86 architecture option": AWS's Big Data Blog of 15 February 2023. */
const ARM_SHARE = 0.8;

const SOURCE = 'https://aws.amazon.com/emr/pricing/';
const WHAT = `$${BASE.vcpu} per vCPU-hour and $${BASE.gigabyte} per GB-hour of its workers on x86, a fifth less on arm64`;

/** How the prices of other regions stand to those of us-east-1: between that of the one kind and that of the other. */
export const REGIONS: { readonly [region: string]: { readonly least: number; readonly most: number } } =
  Object.fromEntries(
    Object.entries(PER_HOUR)
      .filter(([, rates]) => rates !== BASE)
      .map(([region, { vcpu, gigabyte }]) => {
        const times = [vcpu / BASE.vcpu, gigabyte / BASE.gigabyte];
        return [region, { least: Math.min(...times), most: Math.max(...times) }];
      }),
  );

export type Architecture = 'x86_64' | 'arm64';

/** A worker as AWS has it written: `4 vCPU`, `16 GB`. */
export interface Worker {
  readonly cpu: string;
  readonly memory: string;
}

/** A size as a number; undefined where it is known later, or is none. */
function sizeOf(text: string): number | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)\s*(?:vcpu|gb|g)?$/i.exec(knownText(text) ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

function sizeText(...sizes: readonly string[]): string {
  return sizes.map(textForPeople).join(', ');
}

/** What an hour of workers takes; undefined where their size is not known. */
export function workersHour({ cpu, memory }: Worker, architecture: Architecture, count = 1): number | undefined {
  const [vcpus, gigabytes] = [sizeOf(cpu), sizeOf(memory)];
  if (vcpus === undefined || gigabytes === undefined) return undefined;
  const share = architecture === 'arm64' ? ARM_SHARE : 1;
  return Number((count * share * (vcpus * BASE.vcpu + gigabytes * BASE.gigabyte)).toFixed(6));
}

export interface CapacityOf {
  readonly architecture?: Architecture;
  readonly initialCapacity?: { readonly [kind: string]: (Worker & { readonly count: number }) | undefined };
  readonly maximumCapacity?: Worker;
}

/**
 * What an application takes while it is up, beyond what its jobs say: workers that are kept ready cost money while it is started, and
 * `maximumCapacity` bounds all of them and its jobs together. Undefined where it has neither: then its jobs alone cost money.
 */
export function capacityCharge({ architecture, initialCapacity, maximumCapacity }: CapacityOf): Charge | undefined {
  const hourOf = (worker: Worker, count = 1) => workersHour(worker, architecture ?? 'x86_64', count);
  const kept = Object.values(initialCapacity ?? {}).filter((one) => one !== undefined);
  if (kept.length === 0 && maximumCapacity === undefined) return undefined;
  const keptHours = kept.map((one) => hourOf(one, one.count));
  const keptHour = keptHours.some((hour) => hour === undefined)
    ? undefined
    : keptHours.reduce<number>((a, b) => a + b!, 0);
  const bound = maximumCapacity && hourOf(maximumCapacity);
  const most = bound ?? keptHour;
  const parts = [
    ...kept.map(({ count, cpu, memory }) => `${count} × ${sizeText(cpu, memory)} kept ready`),
    ...(maximumCapacity ? [`at most ${sizeText(maximumCapacity.cpu, maximumCapacity.memory)} with all jobs`] : []),
  ];
  return {
    what: `${parts.join('; ')}${most === undefined ? '' : `: up to $${most.toFixed(2)} an hour`}`,
    ...(most !== undefined && { perHour: { least: 0, most } }),
    ...(most === undefined && { open: 'the size of its workers is not known before' }),
    source: SOURCE,
  };
}

/**
 * What a job takes: its driver for a minute at least, where its `conf` says how large that is; of an application whose kind is not known
 * the lower price. How many executors it has, Spark decides while it runs.
 */
export function jobCharge(conf: { readonly [property: string]: string } = {}): Charge {
  const { 'spark.driver.cores': cpu = '', 'spark.driver.memory': memory = '' } = conf;
  const hour = workersHour({ cpu, memory }, 'arm64');
  return {
    what: WHAT,
    ...(hour !== undefined && { perHour: { least: hour }, least: hour / 60 }),
    open: 'how many workers a job has, Spark decides while it runs',
    source: SOURCE,
  };
}
