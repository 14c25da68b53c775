import type { JsonObject } from '../asl/json.ts';
import { isError } from '../aws/errors.ts';
import { executionArn, executionName } from '../aws/names.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { describeRun, notDeployed, type Run, runsOf } from './executions.ts';
import type { DueDate } from './intervals.ts';
import { isoOf } from './logical-date.ts';
import type { Operation } from './operation.ts';

export interface Start {
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly attempt: number;
  readonly params: JsonObject;
}

export interface Started {
  readonly name: string;
  readonly arn: string;
}

/**
 * Starts the run of a date on what is live; `taken` where its name is: the scheduler, another command or an earlier one was first. A
 * call that was made twice, as by the SDK after a lost answer, starts once.
 */
export async function start(operation: Operation, { date, attempt, params }: Start): Promise<Started | 'taken'> {
  const sfn = await operation.clients.sfn();
  const name = executionName(new Date(date), attempt);
  const input = JSON.stringify({ params, logical_date: isoOf(date) });
  try {
    await sfn.startExecution({ stateMachineArn: operation.names.aliasArn, name, input });
    return { name, arn: executionArn(operation.place, operation.names.machine, name) };
  } catch (error) {
    if (isError(error, 'ExecutionAlreadyExists')) return 'taken';
    return notDeployed(operation, error);
  }
}

/** The runs of a date that AWS still knows, by attempt. */
export async function attemptsOf(operation: Operation, { at, alias }: DueDate): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of runsOf(operation))
    if (run.date === at || (alias !== undefined && run.date === alias)) runs.push(run);
  return runs.sort((a, b) => a.attempt! - b.attempt!);
}

/** A start that was asked for by a person: with which attempt, and whether the date is free. */
export async function startOne(
  operation: Operation,
  due: DueDate,
  params: JsonObject,
  { attempt, again = false }: { readonly attempt?: number; readonly again?: boolean },
): Promise<Started> {
  const runs = attempt === undefined ? await attemptsOf(operation, due) : [];
  const last = runs.at(-1);
  if (last !== undefined && (!again || last.status === 'RUNNING')) throw taken(operation, due.at, last);
  const next = attempt ?? (last === undefined ? 1 : last.attempt! + 1);
  const started = await start(operation, { date: due.at, attempt: next, params });
  if (started !== 'taken') return started;
  const name = executionName(new Date(due.at), next);
  const found = await describeRun(operation, name);
  throw taken(operation, due.at, { name, status: found?.status ?? 'closed' });
}

function taken({ manifest }: Operation, date: number, { name, status }: { name: string; status: string }): Stop {
  return new Stop(diagnose('OPS005', { dag: manifest.dag, date: isoOf(date), name, status }));
}
