import { OtherMachine } from '../../asl/history/trace.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { findRun, type Run } from '../executions.ts';
import { historyOf } from '../history.ts';
import { liveVersion } from '../live-version.ts';
import type { Operation } from '../operation.ts';
import { attemptsOf } from '../start.ts';
import type { PastRun, Resumes } from './compile-resume.ts';

/** A run that has a date. */
export type DatedRun = Run & { readonly date: number; readonly attempt: number };

/**
 * The run that is to be resumed: the one that is named, or the latest.
 * @param again whether it may have succeeded
 * @throws Stop if it is none that can be resumed
 */
export async function findResumable(
  operation: Operation,
  execution: string | undefined,
  again: boolean,
): Promise<DatedRun> {
  const run = await findRun(operation, execution);
  const { dag } = operation.manifest;
  const { name, status, date, attempt } = run;
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') throw new Stop(diagnose('RES001', { dag, name, status }));
  if (status === 'SUCCEEDED' && !again) throw new Stop(diagnose('RES002', { dag, name }));
  if (date === undefined || attempt === undefined) throw new Stop(diagnose('RES008', { name }));
  const last = (await attemptsOf(operation, { at: date })).at(-1);
  if (last !== undefined && last.attempt! > attempt)
    throw new Stop(diagnose('RES009', { dag, name, later: last.name, status: last.status }));
  return { ...run, date, attempt };
}

export interface ReadRun extends PastRun {
  /** Whether Step Functions would redrive it. */
  readonly redrivable: boolean;
}

/** What AWS keeps of a run: its input, the definition that it ran by, its history. */
export async function readRun(operation: Operation, { name, arn }: Run): Promise<ReadRun> {
  const sfn = await operation.clients.sfn();
  try {
    const [described, machine, events] = await Promise.all([
      sfn.describeExecution({ executionArn: arn }),
      sfn.describeStateMachineForExecution({ executionArn: arn }),
      allEvents(operation, arn),
    ]);
    return {
      name,
      startedAt: described.startDate!.toISOString(),
      input: JSON.parse(described.input ?? '{}') as JsonObject,
      definition: JSON.parse(machine.definition!) as StateMachine,
      events,
      redrivable: described.redriveStatus === 'REDRIVABLE',
    };
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** The definition that runs are started by. */
export async function liveDefinition(operation: Operation): Promise<Json> {
  const sfn = await operation.clients.sfn();
  const version = await liveVersion(operation);
  const { definition } = await sfn.describeStateMachine({ stateMachineArn: version });
  return JSON.parse(definition!) as Json;
}

/** An error that only says that the run cannot be read; any other stays. */
export function unreadable(name: string, error: unknown): unknown {
  const gone = isError(error, 'ExecutionDoesNotExist', 'StateMachineDoesNotExist', 'ResourceNotFound');
  if (!gone && !(error instanceof OtherMachine) && !(error instanceof SyntaxError)) return error;
  const detail = (error as Error).message.trim().replace(/\.$/, '');
  return new Stop(diagnose('RES003', { name, detail }));
}

async function allEvents(operation: Operation, arn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const some of historyOf(operation, arn)) events.push(...some);
  return events;
}

/** The tasks that ended before a run began, where it is a resumed one: its input says so. */
export function finishedBefore(input: string | undefined): Set<string> {
  if (!input?.includes('"resumes"')) return new Set();
  try {
    const { resumes } = JSON.parse(input) as { readonly resumes?: Partial<Resumes> };
    return new Set(Object.keys(resumes?.ended ?? {}));
  } catch {
    return new Set();
  }
}
