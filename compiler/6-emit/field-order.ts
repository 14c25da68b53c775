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

const RANKS: ReadonlyMap<string, number> = new Map(ORDER.map((field, rank) => [field, rank]));
const UNKNOWN = RANKS.get('Seconds') as number;

/** The same state with its fields in that order; a field without a value is left out. */
export function inOrder<S extends State>(state: S): S {
  const fields = Object.keys(state).filter((field) => state[field as keyof S] !== undefined);
  const ranks = fields.map((field) => RANKS.get(field) ?? UNKNOWN);
  const isOrdered = ranks.every((rank, i) => i === 0 || (ranks[i - 1] as number) <= rank);
  if (!isOrdered) fields.sort((a, b) => (RANKS.get(a) ?? UNKNOWN) - (RANKS.get(b) ?? UNKNOWN));
  const ordered: { [field: string]: unknown } = {};
  for (const field of fields) ordered[field] = state[field as keyof S];
  return ordered as unknown as S;
}
