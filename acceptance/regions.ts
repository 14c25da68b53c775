import { ENVIRONMENT_SCHEMA } from '../project/environment-schema.ts';

/** Whether a text has the shape of a region's name. */
export function looksLikeRegion(text: string): boolean {
  return new RegExp(ENVIRONMENT_SCHEMA.properties.region.pattern).test(text);
}
