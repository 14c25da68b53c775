import { LIMITS } from '../../../asl/limits.ts';
import { expressionText, splitTokens, targetOf } from '../../../authoring/internal.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** How many tasks the message names. */
const NAMED = 5;

/**
 * A DAG whose tasks alone are larger than a definition may be: what no plan makes smaller is refused before anything is planned. The
 * machine that was emitted is measured in the end.
 */
export const size: GraphRule = ({ model, tasks }) => {
  const amounts = [...tasks].map(([task, { fragment }]) => ({
    task,
    amount: 2 * task.length + Object.values(fragment?.states ?? {}).reduce((sum, state) => sum + leastBytes(state), 0),
  }));
  const bytes = amounts.reduce((sum, { amount }) => sum + amount, 0);
  if (bytes <= LIMITS.definitionBytes) return [];
  const most = amounts.sort((a, b) => b.amount - a.amount || (a.task < b.task ? -1 : 1)).slice(0, NAMED);
  return [
    diagnose(
      'DAG026',
      { dag: model.id, bytes, limit: LIMITS.definitionBytes, most, atLeast: true },
      { place: model.place },
    ),
  ];
};

/** The bytes that a value has as JSON at least: what becomes of references is left out. */
function leastBytes(value: unknown): number {
  if (typeof value === 'string') {
    return (
      2 + splitTokens(value).reduce((sum, piece) => sum + ('text' in piece ? Buffer.byteLength(piece.text) : 0), 0)
    );
  }
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (targetOf(value)) return 2;
  const jsonata = expressionText(value);
  if (jsonata !== undefined) return Buffer.byteLength(jsonata);
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + 1 + leastBytes(item), 1);
  return Object.entries(value).reduce((sum, [key, item]) => sum + Buffer.byteLength(key) + 4 + leastBytes(item), 1);
}
