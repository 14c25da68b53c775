import type { TextOf } from './history.ts';
import type { HistoryEvent } from './options.ts';
import type { Recorded } from './recording.ts';

/** Makes events of what was recorded, of one history in its order. */
export function createEventMaker(): (id: number, ...recorded: Recorded) => HistoryEvent {
  // What a state hands on is what the next one is given, and often what the state was given itself: the text of the value before
  // is the right one for two events of three.
  let lastValue: unknown;
  let lastText: string | undefined;
  const text: TextOf = (value) => {
    if (lastText === undefined || value !== lastValue) {
      lastText = JSON.stringify(value);
      lastValue = value;
    }
    return lastText;
  };
  return (id, previousEventId, timestamp, { type, details }, a, b) => ({
    id,
    previousEventId,
    timestamp,
    type,
    ...details(a as never, b as never, text),
  });
}
