import { open } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { type End, Lineage } from '../engines/lineage/lineage.ts';
import { type Destination, Outbox } from '../engines/lineage/outbox.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { endStates, type TaskState } from '../report/end-states.ts';
import { Tracker } from '../report/progress/progress.ts';
import type { RunReport, SentLineage } from '../report/report.ts';

/** That a run's lineage is asked for, and where its events go. */
export interface LineageTarget {
  readonly to: Destination;
  /** OpenLineage's namespace of jobs. */
  readonly namespace: string;
}

/** Who may ask for a run's lineage, each before the next: the command line, dagwright.yaml, OpenLineage's own variables. */
interface Asked {
  /** The value of `--lineage`. */
  readonly option: string | undefined;
  /** `local.lineage` of dagwright.yaml. */
  readonly configured: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly project: string;
}

/** What the clients of OpenLineage call jobs' namespace where nobody does. */
const NAMESPACE = 'default';
/** Where a server takes events, below its address. */
const ENDPOINT = 'api/v1/lineage';

/**
 * Where the events of a run go; undefined where nobody asks for them.
 * @throws Stop (RUN080) if they cannot go there
 */
export async function lineageTarget({ option, configured, env, project }: Asked): Promise<LineageTarget | undefined> {
  const isOff = env.OPENLINEAGE_DISABLED?.toLowerCase() === 'true';
  const [from, text] =
    option !== undefined
      ? ['--lineage', option]
      : isOff
        ? []
        : configured !== undefined
          ? ['local.lineage of dagwright.yaml', configured]
          : ['OPENLINEAGE_URL', env.OPENLINEAGE_URL || undefined];
  if (from === undefined || text === undefined) return undefined;
  const refuse = (what: string) => new Stop(diagnose('RUN080', { from, text, what }), 1);
  const namespace = env.OPENLINEAGE_NAMESPACE || NAMESPACE;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { to: addressOf(text, from, env, refuse), namespace };
  if (from === 'OPENLINEAGE_URL') throw refuse('is no address');
  return { to: await fileOf(resolve(project, text), refuse), namespace };
}

function addressOf(text: string, from: string, env: NodeJS.ProcessEnv, refuse: (what: string) => Stop): Destination {
  if (!URL.canParse(text)) throw refuse('is no address');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new Stop(diagnose('RUN081', { from, host: url.host }), 1);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('is neither a file nor an http address');
  const endpoint = env.OPENLINEAGE_ENDPOINT || (url.pathname === '/' ? ENDPOINT : '');
  if (endpoint !== '') url.pathname = `${url.pathname.replace(/\/$/, '')}/${endpoint.replace(/^\//, '')}`;
  const apiKey = env.OPENLINEAGE_API_KEY;
  return { kind: 'url', url: url.href, ...(apiKey && { apiKey }) };
}

async function fileOf(file: string, refuse: (what: string) => Stop): Promise<Destination> {
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw refuse('is a folder');
    throw refuse(code === 'ENOENT' ? 'is in a folder that is not there' : `cannot be written (${message})`);
  }
  return { kind: 'file', file };
}

/** The lineage of a run that is under way: what its execution's events say of the DAG and its tasks, and where the events are sent. */
export class RunLineage {
  readonly lineage: Lineage;
  readonly #run: RunOptions;
  readonly #tracker: Tracker;
  readonly #outbox: Outbox;
  #sent: Promise<SentLineage> | undefined;

  constructor(run: RunOptions) {
    const { target, manifest, leftOut = new Set(), nominal, before = [] } = run;
    const { dag, description, tasks } = manifest;
    this.#run = run;
    this.#tracker = new Tracker(manifest, leftOut);
    this.#outbox = new Outbox(run.file, target.to);
    this.lineage = new Lineage({
      namespace: target.namespace,
      dag,
      ...(description !== undefined && { description }),
      tasks,
      ...(nominal !== undefined && { nominal }),
      send: (event) => this.#outbox.send(event),
    });
    for (const event of before) this.#tracker.add(event, event.timestamp);
  }

  /** Takes an event of the execution. */
  add(event: HistoryEvent): void {
    for (const { task, state, until, error, cause } of this.#tracker.add(event, Date.now())) {
      const end = state === 'waiting' || state === 'running' ? undefined : endOf({ state, error, cause });
      if (state === 'running') this.lineage.start(task, Date.now());
      else if (end !== undefined) this.lineage.finish(task, until ?? Date.now(), end);
    }
  }

  /** The run has ended, each of its tasks as it did; said again it is as it was said first. Waits for the events that are on their way. */
  end(at: number, run: Ended): Promise<SentLineage> {
    this.#sent ??= this.#end(at, run);
    return this.#sent;
  }

  async #end(at: number, { status, error, cause }: Ended): Promise<SentLineage> {
    const { manifest, leftOut = new Set(), project, file, target } = this.#run;
    const visits = this.#tracker.visits.all;
    for (const task of endStates({ manifest, visits, status, stoppedAt: at, leftOut })) {
      const end = endOf(task);
      if (end !== undefined) this.lineage.finish(task.task, task.exited ?? at, end);
    }
    const type = status === 'SUCCEEDED' ? 'COMPLETE' : status === 'ABORTED' ? 'ABORT' : 'FAIL';
    this.lineage.end(at, { type, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    const { to } = target;
    return {
      ...(await this.#outbox.close()),
      file: relative(project, file),
      to: to.kind === 'file' ? relative(project, to.file) : withoutQuery(to.url),
    };
  }
}

interface RunOptions {
  readonly target: LineageTarget;
  /** What runs. */
  readonly manifest: Pick<Manifest, 'dag' | 'description' | 'tasks' | 'graph'>;
  /** Tasks that this run leaves out. */
  readonly leftOut?: ReadonlySet<string>;
  /** The time that it is for, ISO 8601. */
  readonly nominal?: string | undefined;
  /** What an execution that goes on has been through. */
  readonly before?: Iterable<HistoryEvent>;
  readonly project: string;
  /** The run's own file, which gets a copy of all events. */
  readonly file: string;
}

type Ended = Pick<RunReport, 'status' | 'error' | 'cause'>;

interface EndOfTask {
  readonly state: TaskState;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** How a task ended, in OpenLineage's words; undefined where it has not run or not ended. */
function endOf({ state, error, cause }: EndOfTask): End | undefined {
  if (state === 'success' || state === 'skipped') return { type: 'COMPLETE' };
  if (state === 'aborted') return { type: 'ABORT' };
  if (state !== 'failed') return undefined;
  return { type: 'FAIL', ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** There may be a key in it. */
function withoutQuery(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
