import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Database, type Key, open, type RootDatabase } from 'lmdb';
import type { ChildExecution } from '../../asl/interpret/map-run.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { ownFolder } from '../../project/lock.ts';
import type {
  ActivityRecord,
  AliasRecord,
  ExecutionRecord,
  MachineRecord,
  MapRunRecord,
  RevisionRecord,
  VersionRecord,
} from './records.ts';

/**
 * What the endpoint knows, in an embedded database (LMDB): a table a kind, records as JSON. What was written survives a SIGKILL, and,
 * once `write` has answered, a power failure too.
 *
 * Events are written as they come, many in one transaction; everything else goes through `write`.
 */
export class Store {
  readonly #root: RootDatabase;
  readonly #meta: Database<unknown, string>;
  /** By ARN. */
  readonly machines: Database<MachineRecord, string>;
  readonly revisions: Database<RevisionRecord, string>;
  /** By the machine's ARN and the number. */
  readonly versions: Database<VersionRecord, [machineArn: string, number: number]>;
  readonly aliases: Database<AliasRecord, [machineArn: string, name: string]>;
  readonly executions: Database<ExecutionRecord, string>;
  /** The executions of a machine, or the children of a Map run, by the time that they are listed by. */
  readonly listings: Database<string, [of: string, listedAt: number, serial: number]>;
  /** The executions that have not ended. */
  readonly running: Database<true, string>;
  readonly events: Database<HistoryEvent, [serial: number, id: number]>;
  readonly activities: Database<ActivityRecord, string>;
  /** By ARN. */
  readonly mapRuns: Database<MapRunRecord, string>;
  readonly mapRunsOf: Database<true, [executionArn: string, startDate: number, mapRunArn: string]>;
  /** Children of ended Map runs that were never started. */
  readonly neverStarted: Database<ChildExecution, [mapRunArn: string, index: number]>;
  /** Page tokens are signed with it, so that they outlive a restart. */
  readonly secret: string;
  #serial: number;

  private constructor(folder: string) {
    this.#root = open({ path: join(folder, 'state.mdb'), maxDbs: 20 });
    const table = <V, K extends Key>(name: string) => this.#root.openDB<V, K>(name, { encoding: 'json' });
    this.#meta = table('meta');
    this.machines = table('machines');
    this.revisions = table('revisions');
    this.versions = table('versions') as Store['versions'];
    this.aliases = table('aliases') as Store['aliases'];
    this.executions = table('executions');
    this.listings = table('listings') as Store['listings'];
    this.running = table('running');
    this.events = table('events') as Store['events'];
    this.activities = table('activities');
    this.mapRuns = table('mapRuns');
    this.mapRunsOf = table('mapRunsOf') as Store['mapRunsOf'];
    this.neverStarted = table('neverStarted') as Store['neverStarted'];
    this.#serial = (this.#meta.get('serial') as number | undefined) ?? 0;
    this.secret = (this.#meta.get('secret') as string | undefined) ?? randomUUID();
  }

  /** Whoever opens it holds the folder's lock. */
  static async open(folder: string): Promise<Store> {
    const store = new Store(folder);
    await store.write(() => store.#meta.put('secret', store.secret));
    return store;
  }

  /**
   * Runs a change in a transaction of its own: what it reads is what is written, no other change comes between, and when this resolves it
   * is on the disk. A change that throws must do so before it writes.
   */
  async write<T>(change: () => T): Promise<T> {
    const outcome = await this.#root.transaction((): { value: T } | { error: unknown } => {
      try {
        return { value: change() };
      } catch (error) {
        return { error };
      }
    });
    if ('error' in outcome) throw outcome.error;
    await this.#root.flushed;
    return outcome.value;
  }

  /** Resolves when everything that was put before can be read. */
  async settled(): Promise<void> {
    await this.#root.committed;
  }

  /** A number for a new execution. */
  nextSerial(): number {
    this.#serial++;
    void this.#meta.put('serial', this.#serial);
    return this.#serial;
  }

  /** Writes an execution and where it is listed, in place of what it was `before`. */
  putExecution(record: ExecutionRecord, before?: ExecutionRecord): void {
    if (before !== undefined) void this.listings.remove([listingOf(before), before.listedAt, before.serial]);
    void this.listings.put([listingOf(record), record.listedAt, record.serial], record.arn);
    void this.executions.put(record.arn, record);
    if (record.status === 'RUNNING') void this.running.put(record.arn, true);
    else void this.running.remove(record.arn);
  }

  removeExecution(record: ExecutionRecord): void {
    void this.listings.remove([listingOf(record), record.listedAt, record.serial]);
    void this.executions.remove(record.arn);
    void this.running.remove(record.arn);
  }

  /** The events of an execution after the given id, in order. */
  *eventsOf(serial: number, after = 0): Generator<HistoryEvent> {
    const range = { start: [serial, after + 1], end: [serial, Number.MAX_SAFE_INTEGER] } as const;
    for (const { value } of this.events.getRange(
      range as unknown as { start: [number, number]; end: [number, number] },
    ))
      yield value;
  }

  /** The executions listed under a machine or a Map run, the latest first. */
  *listed(of: string, after?: readonly [listedAt: number, serial: number]): Generator<ExecutionRecord> {
    const [at, serial] = after ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    for (const { key, value } of this.listings.getRange({ start: [of, at, serial], end: [of, 0, 0], reverse: true })) {
      const record = key[2] === serial ? undefined : this.executions.get(value);
      if (record !== undefined) yield record;
    }
  }

  /** The number of events of an execution, which is the id of the last. */
  lastEventId(serial: number): number {
    const [last] = this.events.getKeys({
      start: [serial, Number.MAX_SAFE_INTEGER],
      end: [serial, 0],
      reverse: true,
      limit: 1,
    });
    return last?.[1] ?? 0;
  }

  close(): Promise<void> {
    return this.#root.close();
  }
}

/** What an execution is listed under: its Map run, or its machine. */
function listingOf({ machineArn, child }: ExecutionRecord): string {
  return child?.mapRunArn ?? machineArn;
}

/** Takes a data folder for this server; a second one is refused with the number of the first. Answers what releases it. */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const about = { since: new Date().toISOString() };
  const { release } = await ownFolder(
    folder,
    'serve.lock.json',
    about,
    ({ pid, since }) => new Stop(diagnose('SRV001', { pid, since, folder }), 1),
  );
  return release;
}
