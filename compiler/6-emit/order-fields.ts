import type { Json } from '../../asl/json/value.ts';

/** The order in which a person reads a state: what it is, what it calls, what it keeps, how it fails, where it goes; branches last. */
const ORDER = [
  'Type',
  'Comment',
  'Resource',
  'Arguments',
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Choices',
  'Default',
  'Error',
  'Cause',
  'Assign',
  'Output',
  'Retry',
  'Catch',
  'Next',
  'End',
  'Items',
  'ItemSelector',
  'MaxConcurrency',
  'ItemProcessor',
  'Branches',
];

export type StateJson = { readonly [field: string]: Json };

export function inOrder(state: { readonly [field: string]: Json | undefined }): StateJson {
  const rank = (field: string) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.indexOf('Seconds'));
  const fields = Object.entries(state).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => rank(a) - rank(b)));
}
