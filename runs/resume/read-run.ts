import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { OtherMachine } from '../../asl/trace/trace.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { notDeployed, type Run } from '../executions.ts';
import { historyOf } from '../history.ts';
import type { Operation } from '../operation.ts';
import type { PastRun } from './compile-resume.ts';

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
  const { names } = operation;
  const alias = await sfn
    .describeStateMachineAlias({ stateMachineAliasArn: names.aliasArn })
    .catch((error: unknown) => notDeployed(operation, error));
  const version = alias.routingConfiguration?.[0]?.stateMachineVersionArn;
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
