import { DIALECT } from './dialect.ts';

/** The functions of JSONata 2.0.6. */
const OF_JSONATA =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl eval toMillis fromMillis clone now millis';

const NAMES: ReadonlySet<string> = new Set([...OF_JSONATA.split(' '), ...Object.keys(DIALECT)]);

/** Whether a name without its `$` is that of a function where no variable hides it. */
export function isBuiltIn(name: string): boolean {
  return NAMES.has(name);
}
