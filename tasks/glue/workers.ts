/**
 * What a worker of each type is, in data processing units, and the Glue version that brought it. R types are billed by units of more
 * memory.
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html
 */
export const WORKERS = {
  'G.1X': { dpus: 1, since: 2 },
  'G.2X': { dpus: 2, since: 2 },
  'G.4X': { dpus: 4, since: 3 },
  'G.8X': { dpus: 8, since: 3 },
  'G.12X': { dpus: 12, since: 4 },
  'G.16X': { dpus: 16, since: 4 },
  'R.1X': { dpus: 1, since: 4 },
  'R.2X': { dpus: 2, since: 4 },
  'R.4X': { dpus: 4, since: 4 },
  'R.8X': { dpus: 8, since: 4 },
} as const satisfies { readonly [type: string]: { readonly dpus: number; readonly since: number } };

/** A type of worker of Spark jobs: `G.1X` has 4 vCPUs and 16 GB of memory. */
export type WorkerType = keyof typeof WORKERS;
