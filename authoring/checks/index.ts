/** Checks of what users hand over, for the tables that describe it field by field. */
export {
  type Check,
  type ChecksOf,
  check,
  filled,
  flag,
  listOf,
  misfit,
  oneOf,
  required,
  text,
  that,
  value,
  type Where,
  wholeNumber,
} from './check.ts';
export { duration } from './durations.ts';
export { mapOf, messageOf, object, readFields } from './fields.ts';
export { DEEPEST, json } from './json.ts';
export { shown } from './shown.ts';
export { unsendable } from './unsendable.ts';
