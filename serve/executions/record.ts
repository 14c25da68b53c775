import type { ExecutionListItem, StartExecutionInput } from '@aws-sdk/client-sfn';
import { parseJson } from '../../asl/json/parse.ts';
import type { Json } from '../../asl/json/value.ts';
import { uuidFrom } from '../../asl/jsonata/index.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { inputWarnings, REFUSED } from '../../manifest/input-form.ts';
import { checkName, executionArn, readArn } from '../arn.ts';
import { findMachine, notDeleting } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import { dateOf } from '../protocol/dispatch.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { noCase } from '../work/tasks.ts';
import type { Request, World } from '../world.ts';

/** The record of an execution that was asked for; nothing is written or started yet. */
export async function newExecution(
  input: StartExecutionInput,
  world: World,
  request: Request,
): Promise<ExecutionRecord> {
  const { store, random, clock } = world;
  const { arn, testCase } = withoutTestCase(input.stateMachineArn as string);
  const { machine, revision, version, alias } = findMachine(arn, store, random);
  notDeleting(machine);
  if (testCase !== undefined) await checkTestCase(machine.name, testCase, world);
  const name = input.name ?? uuidFrom(random);
  checkName(name);
  const text = input.input ?? '{}';
  const read = readInput(text);
  // Most machines were not compiled from a DAG: they are not read here.
  if (revision.definition.includes(REFUSED))
    for (const { code, message, remedy } of inputWarnings(JSON.parse(revision.definition) as StateMachine, read))
      world.onStatus(`warning ${code}  ${name}: ${message} ${remedy}`);
  const now = clock.now();
  const express = machine.type === 'EXPRESS';
  const traceHeader = request.traceHeader ?? input.traceHeader;
  return {
    arn: executionArn(machine.arn, name, express ? uuidFrom(random) : undefined),
    // An Express execution leaves no history.
    serial: express ? 0 : store.nextSerial(),
    name,
    machineArn: machine.arn,
    machineName: machine.name,
    revision: revision.id,
    type: machine.type,
    status: 'RUNNING',
    startDate: now,
    input: text,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(version !== undefined && { versionArn: version.arn }),
    ...(alias !== undefined && { aliasArn: alias.arn }),
    ...(testCase !== undefined && { testCase }),
    redriveCount: 0,
    listedAt: now,
  };
}

/** `…:stateMachine:name#case`, as Step Functions Local had it. */
function withoutTestCase(arn: string): { readonly arn: string; readonly testCase?: string } {
  const at = arn.indexOf('#');
  return at < 0 ? { arn } : { arn: arn.slice(0, at), testCase: arn.slice(at + 1) };
}

function readInput(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

async function checkTestCase(machine: string, testCase: string, { mocks }: World): Promise<void> {
  if (mocks === undefined) throw noCase(machine, testCase, 'the server was started without --mocks.');
  await mocks.find(machine, testCase);
}

/** An execution whose record is kept. @throws ApiError InvalidArn, ExecutionDoesNotExist */
export function findExecution(arn: string, store: Store): ExecutionRecord {
  const record = store.executions.get(arn);
  if (record !== undefined) return record;
  readArn(arn, 'execution');
  throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

/** What DescribeExecution and ListExecutions both say of an execution. */
export function summary(record: ExecutionRecord) {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: new Date(record.startDate),
    stopDate: dateOf(record.stopDate),
    mapRunArn: record.child?.mapRunArn,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: record.redriveCount,
    redriveDate: dateOf(record.redriveDate),
  } satisfies ExecutionListItem;
}
