import { interpret } from '../../asl/interpret/interpret.ts';
import type { MapRun } from '../../asl/interpret/map-run.ts';
import type { Clock, Execution, HistoryEvent, InterpretOptions, TaskHandler } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import type { Lineage } from '../../engines/lineage/lineage.ts';
import type { RunLineage } from '../../local/lineage.ts';
import type { ExecutionRecord, RevisionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Lineages } from '../work/lineage.ts';
import { writeChildren } from './map-runs.ts';
import { redriveOf } from './redrive.ts';

/** Why an execution is stopped, as StopExecution takes it. */
export interface StopReason {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** The executions that are under way in this process. */
export class Executions {
  readonly #options: RunOptions;
  readonly #running = new Map<string, Running>();
  #closing: StopReason | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Runs an execution whose record is written, from its beginning or from where it stood. */
  begin(record: ExecutionRecord): Running {
    const running = run(record, this.#options);
    this.#running.set(record.arn, running);
    const gone = () => this.#running.delete(record.arn);
    running.ended.then(gone, gone);
    if (this.#closing !== undefined) running.stop(this.#closing);
    return running;
  }

  get(arn: string): Running | undefined {
    return this.#running.get(arn);
  }

  running(): Running[] {
    return [...this.#running.values()];
  }

  /** Aborts an execution; resolves when its end is written. */
  async stop(arn: string, reason: StopReason): Promise<Execution | undefined> {
    const running = this.#running.get(arn);
    running?.stop(reason);
    return running?.ended;
  }

  /** Aborts everything that is under way, and whatever still begins; resolves when all ends are written. */
  async close(reason: StopReason): Promise<void> {
    this.#closing = reason;
    for (const running of this.#running.values()) running.stop(reason);
    while (this.#running.size > 0) {
      await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
    }
  }
}

/** What runs executions. */
export interface RunOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly machines: MachineCache;
  /** What stands for the services, for one execution. */
  readonly tasks: (record: ExecutionRecord, lineage: Lineage | undefined) => Promise<TaskHandler>;
  /** Where the lineage of executions is asked for. */
  readonly lineages?: Lineages;
  /** Told of a defect: the interpreter or a handler threw. */
  readonly onDefect: (error: unknown, record: ExecutionRecord) => void;
}

/** An execution under way. */
export interface Running {
  readonly record: ExecutionRecord;
  /** Resolves when the end is written; never rejects. */
  readonly ended: Promise<Execution>;
  /** The Map runs that it has started in this process, by ARN. */
  readonly mapRuns: ReadonlyMap<string, MapRun>;
  stop(reason: StopReason): void;
}

/** Interprets an execution. Its events are written as they come, its end before anybody is told of it. */
function run(record: ExecutionRecord, options: RunOptions): Running {
  const abort = new AbortController();
  const mapRuns = new Map<string, MapRun>();
  return {
    record,
    mapRuns,
    ended: interpretAndWrite(record, abort.signal, mapRuns, options),
    stop: (reason) => abort.abort(reason),
  };
}

async function interpretAndWrite(
  record: ExecutionRecord,
  signal: AbortSignal,
  mapRuns: Map<string, MapRun>,
  options: RunOptions,
): Promise<Execution> {
  const { store, clock } = options;
  let execution: Execution;
  let told: RunLineage | undefined;
  try {
    const revision = store.revisions.get(record.revision) as RevisionRecord;
    const machine = options.machines.get(revision);
    told = await options.lineages?.begin(record, machine, record.redriveCount > 0 ? store.eventsOf(record.serial) : []);
    const write = record.type === 'STANDARD' ? observers(record, mapRuns, store) : undefined;
    execution = await interpret(machine, {
      ...about(record, revision),
      ...write,
      ...((write ?? told) && {
        onEvent: (event) => {
          write?.onEvent(event);
          told?.add(event);
        },
      }),
      ...(record.redriveCount > 0 && { redrive: redriveOf(record, store) }),
      clock,
      random: options.random,
      tasks: await options.tasks(record, told?.lineage),
      signal,
      keepEvents: false,
    });
  } catch (error) {
    options.onDefect(error, record);
    execution = defect(record, error, clock.now());
  }
  if (record.type === 'STANDARD') await writeEnd(record, execution, store);
  if (told !== undefined) options.lineages?.end(told, execution);
  return execution;
}

function about(record: ExecutionRecord, revision: RevisionRecord) {
  return {
    input: JSON.parse(record.input) as Json,
    name: record.name,
    machineName: record.machineName,
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    ...(record.versionArn !== undefined && { stateMachineVersionArn: record.versionArn }),
    ...(record.aliasArn !== undefined && { stateMachineAliasArn: record.aliasArn }),
    roleArn: revision.roleArn,
    type: record.type,
  } satisfies Partial<InterpretOptions>;
}

function observers(record: ExecutionRecord, mapRuns: Map<string, MapRun>, store: Store) {
  return {
    onEvent: (event: HistoryEvent) => void store.events.put([record.serial, event.id], event),
    onMapRun: (mapRun) => {
      mapRuns.set(mapRun.mapRunArn, mapRun);
      const description = mapRun.describe();
      void store.mapRuns.put(mapRun.mapRunArn, { ...description, machineArn: record.machineArn });
      void store.mapRunsOf.put([record.arn, description.startDate, mapRun.mapRunArn], true);
    },
    ...writeChildren(record, store),
  } satisfies Partial<InterpretOptions>;
}

/** An execution whose interpreter broke has failed, and says so. */
function defect(record: ExecutionRecord, error: unknown, now: number): Execution {
  const cause = `dagwright failed in itself; please report this: ${error instanceof Error ? error.message : String(error)}`;
  return { status: 'FAILED', error: 'States.Runtime', cause, startedAt: record.startDate, stoppedAt: now, events: [] };
}

/** Writes the end; events that were put before are in the same transaction or an earlier one. */
async function writeEnd(begun: ExecutionRecord, execution: Execution, store: Store): Promise<void> {
  const { status, output, error, cause, stoppedAt } = execution;
  await store.write(() => {
    const before = store.executions.get(begun.arn) ?? begun;
    const ended: ExecutionRecord = {
      ...before,
      status,
      stopDate: stoppedAt,
      listedAt: stoppedAt,
      ...(output !== undefined && { output: JSON.stringify(output) }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
    store.putExecution(ended, before);
  });
}

/** So many machines are kept as they were read; what has not been started for the longest time is read anew. */
const MOST = 50;

/** Definitions as the interpreter takes them, by revision: executions of one machine share it. */
export class MachineCache {
  readonly #read = new Map<string, StateMachine>();

  get({ id, definition }: Pick<RevisionRecord, 'id' | 'definition'>): StateMachine {
    const machine = this.#read.get(id) ?? (JSON.parse(definition) as StateMachine);
    this.#read.delete(id);
    this.#read.set(id, machine);
    for (const [oldest] of this.#read) if (this.#read.size > MOST) this.#read.delete(oldest);
    return machine;
  }
}
