import type { HistoryEvent } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';

export interface Call {
  readonly state: string;
  readonly arguments: Json;
}

/** What the tasks of an execution were given, in order, read off its history. */
export function callsOf(events: readonly HistoryEvent[]): readonly Call[] {
  return events
    .filter(({ type }) => type.endsWith('Scheduled'))
    .map((event) => ({ state: stateOf(event, events), arguments: JSON.parse(givenIn(event)) as Json }));
}

function stateOf(event: HistoryEvent, events: readonly HistoryEvent[]): string {
  let at: HistoryEvent | undefined = event;
  while (at !== undefined && at.name === undefined) at = events[at.previousEventId - 1];
  return at?.name ?? '';
}

function givenIn(event: HistoryEvent): string {
  const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as {
    input?: string;
    parameters?: string;
  };
  return (details.input ?? details.parameters) as string;
}
