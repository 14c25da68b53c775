import type { Redrive } from '../../asl/interpret/options.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { childrenOf } from './map-runs.ts';

const DAY = 24 * 60 * 60 * 1000;
/** For so long after its end an execution may be redriven. */
const REDRIVABLE = 14 * DAY;
/** `ExecutionRedriven` and one event more must find room in the history. */
const ROOM = 2;

/** What an execution has been through, for the interpreter to go on from. */
export function redriveOf(record: ExecutionRecord, store: Store): Redrive {
  return {
    events: [...store.eventsOf(record.serial)],
    count: record.redriveCount,
    children: (mapRunArn) => childrenOf(mapRunArn, store),
    mapRun: (mapRunArn) => store.mapRuns.get(mapRunArn),
    childEvents: (arn) => {
      const child = store.executions.get(arn);
      return child === undefined ? [] : [...store.eventsOf(child.serial)];
    },
  };
}

export type RedriveStatus =
  | { readonly status: 'REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN' }
  | { readonly status: 'NOT_REDRIVABLE'; readonly reason: string };

/**
 * Whether an execution can be redriven, and if not, why.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function redriveStatus(record: ExecutionRecord, store: Store, now: number): RedriveStatus {
  const reason = hindrance(record, store, now);
  if (reason !== undefined) return { status: 'NOT_REDRIVABLE', reason };
  return { status: record.child === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}

function hindrance(record: ExecutionRecord, store: Store, now: number): string | undefined {
  const { status, child, startDate, stopDate = now } = record;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (child !== undefined && record.type === 'EXPRESS') return undefined;
  const machine = store.machines.get(record.machineArn.replace(/\/.*$/, ''));
  if (machine?.status !== 'ACTIVE') return 'State machine is in DELETING status';
  if (store.lastEventId(record.serial) > LIMITS.historyEvents - ROOM) return 'Execution history event limit exceeded';
  if (now - startDate > LIMITS.executionSeconds * 1000) return 'Execution has exceeded the max execution time';
  if (now - stopDate > REDRIVABLE) return 'Execution redrivable period exceeded';
  return undefined;
}
