import { setTimeout as sleep } from 'node:timers/promises';
import type { SFN } from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import { readHistory } from '../asl/trace/read-history.ts';
import type { Operation } from './operation.ts';
import { patiently } from './patiently.ts';

export interface Following {
  /** Goes on until the execution has ended. Default: what there is. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
}

/** How long until it is asked again, in milliseconds: the longer nothing happens, up to the last. */
const BEATS = [200, 500, 1000, 2000, 5000];
const PAGE = 1000;
const END = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/** The events of an execution, as they come; in batches, each in order. An abort ends it between two of them. */
export async function* historyOf(
  { clients }: Operation,
  executionArn: string,
  { follow = false, signal }: Following = {},
): AsyncGenerator<readonly HistoryEvent[]> {
  const sfn = await clients.sfn();
  let last = 0;
  for (let idle = 0; !signal?.aborted; ) {
    const since = last;
    const fresh = await patiently(() => eventsAfter(sfn, executionArn, since), signal);
    const events = fresh.length === 0 ? [] : readHistory(JSON.stringify(fresh));
    last = events.at(-1)?.id ?? last;
    if (events.length > 0) yield events;
    if (!follow || END.test(events.at(-1)?.type ?? '')) return;
    idle = events.length > 0 ? 0 : idle + 1;
    await sleep(BEATS[Math.min(idle, BEATS.length - 1)], undefined, signal && { signal }).catch(() => {});
  }
}

/** Backwards, so that a long history is not read again for each of its new events. */
async function eventsAfter(sfn: SFN, executionArn: string, last: number): Promise<object[]> {
  const fresh: object[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: PAGE,
      ...(nextToken !== undefined && { nextToken }),
    });
    fresh.push(...(page.events ?? []).filter(({ id }) => id! > last));
    nextToken = page.events?.some(({ id }) => id! <= last) ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return fresh;
}
