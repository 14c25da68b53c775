import type { State } from '../../asl/language/types.ts';

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

export type NamedStates = { readonly [name: string]: State };

/** The same state with its fields in that order; a field without a value is left out. */
export function inOrder<S extends State>(state: S): S {
  const rank = (field: string) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.indexOf('Seconds'));
  const fields = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => rank(a) - rank(b))) as unknown as S;
}
