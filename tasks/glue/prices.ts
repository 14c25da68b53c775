import type { Charge } from '../../authoring/internal.ts';
import { WORKERS, type WorkerType } from './workers.ts';

/**
 * "$0.44 per DPU-Hour, billed per second, with a 10-minute minimum per crawler run"; jobs at the same rate, with a minute at least. On 2026-11-24 as quoted from https://aws.amazon.com/glue/pricing/ by https://awsnegotiations.com/glue-job-cost-optimization.html
 * (May 2026).
 */
export const PER_DPU_HOUR = 0.44;
const LEAST_CRAWL_HOURS = 10 / 60;
const LEAST_JOB_HOURS = 1 / 60;
const SOURCE = 'https://aws.amazon.com/glue/pricing/';

/** A DPU-hour where it is another one, and where it is known to be the same: GoogleCloudPlatform/PerfKitBenchmarker, aws_dpb_glue_prices.py. */
const ELSEWHERE = { 'af-south-1': 0.524, 'eu-south-1': 0.52, 'me-south-1': 0.59, 'sa-east-1': 0.69 };
const SAME = [
  ...['ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1'],
  ...['ap-southeast-2', 'ap-southeast-3', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2'],
  ...['eu-west-3', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-1', 'us-west-2'],
];

export const REGIONS: { readonly [region: string]: { readonly least: number; readonly most: number } } =
  Object.fromEntries([
    ...SAME.map((region) => [region, { least: 1, most: 1 }]),
    ...Object.entries(ELSEWHERE).map(([region, price]) => {
      const times = price / PER_DPU_HOUR;
      return [region, { least: times, most: times }];
    }),
  ]);

export const CRAWL: Charge = {
  what: `$${PER_DPU_HOUR} per DPU-hour, at least 10 minutes`,
  least: PER_DPU_HOUR * LEAST_CRAWL_HOURS,
  open: 'how many DPUs a crawl uses, and how long, Glue decides',
  source: SOURCE,
};

export function shellCharge(maxCapacity: number): Charge {
  const hour = maxCapacity * PER_DPU_HOUR;
  return {
    what: `${maxCapacity} DPU at $${PER_DPU_HOUR} an hour`,
    perHour: { least: hour, most: hour },
    least: hour * LEAST_JOB_HOURS,
    source: SOURCE,
  };
}

/** @param workers absent: those that the job itself has, which the machine does not name */
export function sparkCharge(type: WorkerType | undefined, workers: number | undefined, isFlex = false): Charge {
  if (type === undefined || workers === undefined)
    return {
      what: `$${PER_DPU_HOUR} per DPU-hour, at least a minute`,
      open: 'how many workers the job has stands with the job',
      source: SOURCE,
    };
  // R types are billed by units of more memory, of whose price no page of ours says when it was true.
  if (type.startsWith('R.'))
    return { what: `${workers} ${type}`, open: 'the price of their units is not known here', source: SOURCE };
  const dpus = workers * WORKERS[type].dpus;
  const hour = dpus * PER_DPU_HOUR;
  const what = `${workers} ${type}, ${dpus} DPUs at $${PER_DPU_HOUR} an hour`;
  // "A lower price per DPU-hour than the standard execution class", which our source does not say.
  if (isFlex) return { what: `${what}, less with FLEX`, perHour: { least: 0, most: hour }, source: SOURCE };
  return { what, perHour: { least: hour, most: hour }, least: hour * LEAST_JOB_HOURS, source: SOURCE };
}
