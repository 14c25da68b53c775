import type { Charge } from '../../authoring/internal.ts';

/**
 * "$5.00 per TB of data scanned … rounded up to the nearest megabyte, with a 10 MB minimum per query", on 2026-11-24 as quoted from
 * https://aws.amazon.com/athena/pricing/ by https://athena.guide/articles/athena-basics-pricing-model
 */
const PER_TB = 5;
const LEAST_MB = 10;

/** What a query takes: how much it scans, no DAG knows. */
export const QUERY_CHARGE: Charge = Object.freeze({
  what: `$${PER_TB} per TB scanned, at least ${LEAST_MB} MB a query`,
  least: (PER_TB * LEAST_MB) / 1_048_576,
  source: 'https://aws.amazon.com/athena/pricing/',
});
