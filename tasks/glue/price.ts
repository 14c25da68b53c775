import type { Charge } from '../../authoring/internal.ts';

/**
 * "$0.44 per DPU-Hour, billed per second, with a 10-minute minimum per crawler run"; Python shell jobs at the same rate. On 2026-11-24 as
 * quoted from https://aws.amazon.com/glue/pricing/ by https://awsnegotiations.com/glue-job-cost-optimization.html (May 2026).
 */
const PER_DPU_HOUR = 0.44;
const LEAST_CRAWL_HOURS = 10 / 60;
const source = 'https://aws.amazon.com/glue/pricing/';

/** What a crawl takes; how many DPUs it uses, Glue decides. */
export const CRAWL_CHARGE: Charge = Object.freeze({
  what: `$${PER_DPU_HOUR} per DPU-hour, at least 10 minutes`,
  least: PER_DPU_HOUR * LEAST_CRAWL_HOURS,
  source,
});

export function pythonShellCharge(maxCapacity: number): Charge {
  const what = `${maxCapacity} DPU at $${PER_DPU_HOUR} an hour`;
  return Object.freeze({ what, perHour: maxCapacity * PER_DPU_HOUR, source });
}
