import jsonata from 'jsonata';
import type { DialectFunction } from '../dialect.ts';

const fromMillis = jsonata('$fromMillis($m, $picture, $zone)');

/** `$now(picture?, timezone?)`: the time of the evaluation, by default as `2026-01-31T12:00:00.000Z`. */
export const now: DialectFunction = {
  signature: '<s?s?:s>',
  call: (evaluation, picture?: string, zone?: string) =>
    picture === undefined
      ? new Date(evaluation.now).toISOString()
      : fromMillis.evaluate(undefined, { m: evaluation.now, picture, zone }),
};

/** `$millis()`: the time of the evaluation in milliseconds since the epoch. */
export const millis: DialectFunction = { signature: '<:n>', call: (evaluation) => evaluation.now };
