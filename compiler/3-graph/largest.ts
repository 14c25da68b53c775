/** How much of something a task has: bytes, events. */
export interface Amount {
  readonly task: string;
  readonly amount: number;
}

/** How many tasks a message names. */
const NAMED = 5;

/** The tasks that a message about a limit names: those that have most, the largest first. */
export function largest(amounts: readonly Amount[]): Amount[] {
  return [...amounts].sort((a, b) => b.amount - a.amount || (a.task < b.task ? -1 : 1)).slice(0, NAMED);
}
