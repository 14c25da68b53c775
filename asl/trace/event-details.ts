import type { HistoryEvent } from '../interpret/options.ts';

/** What an event says beyond its type: the one member whose name ends with `EventDetails`. */
export function detailsOf(event: HistoryEvent): Readonly<Record<string, unknown>> {
  for (const key in event) {
    if (!key.endsWith('EventDetails')) continue;
    const details = event[key];
    if (typeof details === 'object' && details !== null) return details as Readonly<Record<string, unknown>>;
  }
  return {};
}

/** The error of a failure's event, and its cause. */
export function errorOf(event: HistoryEvent): { error?: string; cause?: string } {
  const { error, cause } = detailsOf(event);
  return { ...(typeof error === 'string' && { error }), ...(typeof cause === 'string' && { cause }) };
}
