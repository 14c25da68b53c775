import { LIMITS } from '../../asl/language/limits.ts';
import { expressionText, planWidthLimit, splitTokens, targetOf } from '../../authoring/internal.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Graph } from './graph.ts';

/**
 * Refuses a DAG whose tasks alone are larger than a definition may be: no plan makes it smaller, so nothing is planned. The machine that
 * was emitted is measured in the end.
 * @throws Stop with the largest tasks
 */
export function checkSize({ model, tasks }: Graph): void {
  const amounts = [...tasks].map(([task, { fragment }]) => ({
    task,
    amount: Object.values(fragment.states).reduce((sum, state) => sum + leastBytes(state), 2 * task.length),
  }));
  const bytes = amounts.reduce((sum, { amount }) => sum + amount, 0);
  if (bytes <= LIMITS.definitionBytes) return;
  const args = {
    dag: model.id,
    bytes,
    limit: LIMITS.definitionBytes,
    most: largest(amounts),
    atLeast: true,
  } as const;
  throw new Stop(diagnose('DAG026', args, { place: model.place }));
}

/** The bytes that a value has as JSON at least: what becomes of references is left out. */
function leastBytes(value: unknown): number {
  if (typeof value === 'string') {
    return (
      2 + splitTokens(value).reduce((sum, piece) => sum + ('text' in piece ? Buffer.byteLength(piece.text) : 0), 0)
    );
  }
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (targetOf(value)) return 2;
  if (planWidthLimit(value) !== undefined) return 1;
  const jsonata = expressionText(value);
  if (jsonata !== undefined) return Buffer.byteLength(jsonata);
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + 1 + leastBytes(item), 1);
  return Object.entries(value).reduce((sum, [key, item]) => sum + Buffer.byteLength(key) + 4 + leastBytes(item), 1);
}

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
