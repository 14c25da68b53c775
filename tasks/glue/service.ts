import type { Service } from '../service.ts';

/**
 * "$0.44 per DPU-Hour, billed per second, with a 10-minute minimum per crawler run"; Python shell jobs at the same rate. On 2026-11-24 as
 * quoted from https://aws.amazon.com/glue/pricing/ by https://awsnegotiations.com/glue-job-cost-optimization.html (May 2026).
 */
export const PER_DPU_HOUR = 0.44;
const LEAST_CRAWL_HOURS = 10 / 60;

export const glue = {
  name: 'glue',
  title: 'Glue',
  integrations: ['glue'],
  sdk: 'glue',
  iam: [
    {
      prefix: 'glue',
      passedRoles: { Role: 'glue.amazonaws.com' },
      namesNoSource: ['glue.amazonaws.com'],
    },
  ],
  local: { python: true, duckdb: true },
  prices: {
    // How many DPUs a crawl uses, Glue decides.
    crawl: {
      what: `$${PER_DPU_HOUR} per DPU-hour, at least 10 minutes`,
      least: PER_DPU_HOUR * LEAST_CRAWL_HOURS,
      source: 'https://aws.amazon.com/glue/pricing/',
    },
  },
  samples: {
    // A crawl that began after whatever start it is asked about.
    crawler: { Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: '9999-12-31T00:00:00Z' } } },
  },
  otherNames: {
    '^(?:job|start_?job|run_?job|run|etl|spark)$':
      "`aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: '…' } })`",
    '^crawler$': '`glue.crawl({ … })`',
    '^(?:python|shell)$': '`glue.pythonShell({ … })`',
  },
} as const satisfies Service;
