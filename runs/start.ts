import type { Json, JsonObject } from '../asl/json/value.ts';
import { isError } from '../aws/errors.ts';
import { executionArn, executionName } from '../aws/names.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { checkParams, readInput } from '../local/input.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { describeRun, notDeployed, type Run, runsOf } from './executions.ts';
import { startedOn } from './live-version.ts';
import { type DueDate, isoOf } from './logical-dates.ts';
import { type Operation, withRetries } from './operation.ts';

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

/** How far the clocks of this machine and of AWS may be apart. */
const SKEW = 60_000;

/**
 * Starts the run of a date on what is live; `taken` where its name is: the scheduler, another command or an earlier one was first. A
 * call whose answer was lost is made again, and starts once.
 */
export async function start(
  operation: Operation,
  { date, attempt, params }: Start,
  signal?: AbortSignal,
): Promise<Started | 'taken'> {
  const { clients, names, place } = operation;
  const sfn = await clients.sfn();
  const name = executionName(new Date(date), attempt);
  const input = JSON.stringify({ params, logical_date: isoOf(date) });
  const began = Date.now();
  let calls = 0;
  const startOn = (stateMachineArn: string) => {
    calls += 1;
    return sfn.startExecution({ stateMachineArn, name, input });
  };
  try {
    const target = await startedOn(operation);
    await withRetries(async () => {
      try {
        return await startOn(target);
      } catch (error) {
        // A version that is gone, and callers who may start the alias alone.
        if (target === names.aliasArn || !isError(error, 'StateMachineDoesNotExist', 'AccessDeniedException'))
          throw error;
        return await startOn(names.aliasArn);
      }
    }, signal);
  } catch (error) {
    if (!isError(error, 'ExecutionAlreadyExists')) return notDeployed(operation, error);
    const { attempts = 1 } = (error as { $metadata?: { attempts?: number } }).$metadata ?? {};
    if (calls === 1 && attempts === 1) return 'taken';
    // An earlier try may have started it, and it has ended since.
    const found = await describeRun(operation, name);
    if (found?.input !== input || found.startDate!.getTime() < began - SKEW) return 'taken';
  }
  return { name, arn: executionArn(place, names.machine, name) };
}

/** The runs of a date that AWS still knows, by attempt. */
export async function attemptsOf(operation: Operation, { at, alias }: DueDate): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of runsOf(operation))
    if (run.date === at || (alias !== undefined && run.date === alias)) runs.push(run);
  return runs.sort((a, b) => a.attempt! - b.attempt!);
}

export interface StartChoice {
  /** As which attempt; default: the first, or with `again` the next. */
  readonly attempt?: number;
  /** The date may have its run, if that has ended. */
  readonly again: boolean;
  /** The date is this moment's: nobody else's. */
  readonly isNow: boolean;
}

/** Starts a run that a person asks for, if the date is free for it. */
export async function startOne(
  operation: Operation,
  due: DueDate,
  params: JsonObject,
  { attempt, again, isNow }: StartChoice,
): Promise<Started> {
  const runs = isNow ? [] : await attemptsOf(operation, due);
  const running = runs.find(({ status }) => status === 'RUNNING');
  const last = running ?? runs.at(-1);
  const onPurpose = again || attempt !== undefined;
  if (last !== undefined && (running !== undefined || !onPurpose)) throw taken(operation, due.at, last);
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

export interface Given {
  readonly params: JsonObject;
  /** As the file has it. */
  readonly date?: string;
}

/** A run's params from `--input` and, over them, `--param name=value`, checked against the DAG's schema. Defaults are the machine's to fill. */
export async function givenParams(
  manifest: Manifest,
  file: string | undefined,
  assignments: readonly string[],
): Promise<Given> {
  const input = file === undefined ? { params: {} } : await readInput(file, manifest);
  const own = Object.fromEntries(assignments.map((text) => assignment(manifest, text)));
  const params = { ...input.params, ...own };
  checkParams(
    manifest,
    params,
    [file, ...(assignments.length > 0 ? ['--param'] : [])].filter(Boolean).join(' and ') || 'the run',
  );
  return { params, ...(input.logical_date !== undefined && { date: input.logical_date }) };
}

function assignment({ params }: Manifest, text: string): [string, Json] {
  const at = text.indexOf('=');
  if (at < 1) throw new Stop(diagnose('OPS015', { param: text }), 2);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  return [name, paramValue(params.properties[name], value)];
}

/** A param that is declared as text is taken as it is; else the text is JSON, and where it is none, a text. */
function paramValue(schema: { readonly [keyword: string]: unknown } | undefined, text: string): Json {
  const texts = Array.isArray(schema?.enum) && schema.enum.every((one) => typeof one === 'string');
  if (schema?.type === 'string' || texts) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
