import type {
  HistoryEvent as ApiEvent,
  GetExecutionHistoryInput,
  GetExecutionHistoryOutput,
} from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { findExecution } from '../executions/find.ts';
import { page } from '../protocol/page.ts';
import type { Action } from '../world.ts';

/** The history of an execution, that of one under way as far as it has come. */
export const getExecutionHistory: Action<GetExecutionHistoryInput, GetExecutionHistoryOutput> = (input, world) => {
  const { store, pager } = world;
  const { serial, arn } = findExecution(input.executionArn as string, store);
  const { reverseOrder: reverse = false, includeExecutionData = true } = input;
  const first = reverse ? Number.MAX_SAFE_INTEGER : 0;
  const end: [number, number] = [serial, reverse ? 0 : Number.MAX_SAFE_INTEGER];
  const what = ['GetExecutionHistory', arn, reverse, includeExecutionData];
  const { items, nextToken } = page(pager, what, input, function* (after: number | undefined) {
    for (const { value } of store.events.getRange({ start: [serial, after ?? first], end, reverse })) {
      if (value.id !== after) yield { key: value.id, item: value };
    }
  });
  return { events: items.map((event) => eventOf(event, includeExecutionData)), nextToken };
};

/** Of the data of an execution, what is left out on demand. */
const DATA: ReadonlySet<string> = new Set(['input', 'output']);

/** As the API has it: the flat name of a state is the interpreter's. */
function eventOf({ name: _, timestamp, ...event }: HistoryEvent, whole: boolean): ApiEvent {
  const kept = Object.entries(event).map(([key, value]) => [
    key,
    whole || typeof value !== 'object' || value === null ? value : withoutData(value),
  ]);
  return { ...Object.fromEntries(kept), timestamp: new Date(timestamp) } as ApiEvent;
}

function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !DATA.has(key)));
}
