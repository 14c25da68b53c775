import type { HistoryEvent } from '../../../asl/index.ts';

/** Events that nothing follows now. */
const BESIDE = /^(MapIteration(Succeeded|Failed)|(Map|Parallel)StateSucceeded)$/;

/** A history chained as dagwright once did it: every event follows the one before it of its branch. */
export function olderChain(events: readonly HistoryEvent[]): HistoryEvent[] {
  const beside = new Map<number, number>();
  const entries = new Map<string, HistoryEvent>();
  return events.map((event) => {
    const { id, type, previousEventId } = event;
    const { state } = (event.evaluationFailedEventDetails ?? {}) as { readonly state?: string };
    if (type.endsWith('StateEntered')) entries.set(`${previousEventId} ${event.name}`, event);
    let older = previousEventId;
    if (type === 'EvaluationFailed') older = entries.get(`${previousEventId} ${state}`)?.id ?? older;
    else if (!type.startsWith('Execution')) older = beside.get(previousEventId) ?? older;
    if (BESIDE.test(type)) beside.set(previousEventId, id);
    return { ...event, previousEventId: older };
  });
}
