/** Something on AWS that a run of the suite made: it bears the run's prefix, and its tag or another mark that only the run sets. */
export interface Belonging {
  readonly run: string;
  readonly kind: BelongingKind;
  readonly name: string;
  readonly remove: () => Promise<void>;
}

/** In the order in which they go: what starts runs, what runs, what it runs with, what it keeps, and the journal last. */
export const KINDS = [
  'schedule',
  'schedule-group',
  'rule',
  'alarm',
  'alias',
  'machine',
  'cluster',
  'crawler',
  'job',
  'database',
  'log-group',
  'instance-profile',
  'role',
  'bucket',
  'objects',
  'journal',
] as const;

export type BelongingKind = (typeof KINDS)[number];

/** What was found, and what could not be asked for: nobody can say that there is nothing of it. */
export interface Found {
  readonly belongings: readonly Belonging[];
  readonly unasked: readonly string[];
}
