import { open } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { type End, Lineage } from '../engines/lineage/lineage.ts';
import { type Destination, Outbox } from '../engines/lineage/outbox.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { TaskEnd, TaskState } from '../report/end-states.ts';
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

/** The lineage of a run that is under way. */
export class RunLineage {
  readonly lineage: Lineage;
  readonly #project: string;
  readonly #file: string;
  readonly #target: LineageTarget;
  readonly #outbox: Outbox;
  #sent: Promise<SentLineage> | undefined;

  /** @param place the project's folder, and that of the run, which gets a copy of all events */
  constructor(
    target: LineageTarget,
    { dag, description, tasks }: Manifest,
    place: { readonly project: string; readonly folder: string },
    nominal?: string,
  ) {
    this.#target = target;
    this.#project = place.project;
    this.#file = join(place.folder, 'lineage.jsonl');
    this.#outbox = new Outbox(this.#file, target.to);
    this.lineage = new Lineage({
      namespace: target.namespace,
      dag,
      ...(description !== undefined && { description }),
      tasks,
      ...(nominal !== undefined && { nominal }),
      send: (event) => this.#outbox.send(event),
    });
  }

  /** The run has ended, each of its tasks as it did; said again it is as it was said first. Waits for the events that are on their way. */
  end(at: number, run: Ended, tasks: readonly TaskEnd[]): Promise<SentLineage> {
    this.#sent ??= this.#end(at, run, tasks);
    return this.#sent;
  }

  async #end(at: number, run: Ended, tasks: readonly TaskEnd[]): Promise<SentLineage> {
    for (const task of tasks) {
      const end = endOf(task);
      if (end !== undefined) this.lineage.finish(task.task, task.exited ?? at, end);
    }
    const type = run.status === 'SUCCEEDED' ? 'COMPLETE' : run.status === 'ABORTED' ? 'ABORT' : 'FAIL';
    const { error, cause } = run;
    this.lineage.end(at, { type, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    const { to } = this.#target;
    return {
      ...(await this.#outbox.close()),
      file: relative(this.#project, this.#file),
      to: to.kind === 'file' ? relative(this.#project, to.file) : withoutQuery(to.url),
    };
  }
}

type Ended = Pick<RunReport, 'status' | 'error' | 'cause'>;

interface EndOfTask {
  readonly state: TaskState;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** How a task ended, in OpenLineage's words; undefined where it has not run or not ended. */
export function endOf({ state, error, cause }: EndOfTask): End | undefined {
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
