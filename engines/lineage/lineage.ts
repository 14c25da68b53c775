import { randomUUID } from 'node:crypto';
import {
  adapterVersion,
  type Dataset,
  type EventType,
  type Facets,
  facet,
  parentFacet,
  producer,
  type RunEvent,
  type RunOfJob,
  SCHEMA_URL,
} from './event.ts';

/** A task of the DAG, as far as its events say something of it. */
export interface LineageTask {
  readonly id: string;
  readonly description?: string;
  /** The names of the machine's states that are this task. */
  readonly states: readonly string[];
}

export interface LineageOptions {
  /** OpenLineage's namespace of jobs. */
  readonly namespace: string;
  readonly dag: string;
  readonly description?: string;
  readonly tasks: readonly LineageTask[];
  /** The time that the run is for: its logical date, ISO 8601. */
  readonly nominal?: string;
  readonly send: (event: RunEvent) => void;
}

/** How a run or a task of it ended, and of a failure why. */
export interface End {
  readonly type: 'COMPLETE' | 'FAIL' | 'ABORT';
  readonly error?: string;
  readonly cause?: string;
}

/** A call of a task's state: whoever runs it knows what it reads and writes. */
interface Call {
  readonly state: string;
}

/** A task's run: what is known of it so far. */
class TaskRun {
  readonly job: RunOfJob;
  readonly inputs = new Map<string, Dataset>();
  readonly outputs = new Map<string, Dataset>();
  query: { readonly query: string; readonly dialect: string } | undefined;
  ended = false;

  constructor(job: RunOfJob) {
    this.job = job;
  }
}

/**
 * The OpenLineage events of one run of a DAG: of the DAG, of each of its tasks as a child of it, and those that are handed on from
 * engines that write their own. A job is named as Airflow's are: the DAG's `dag`, a task's `dag.task`.
 * @see https://openlineage.io/docs/spec/run-cycle
 */
export class Lineage {
  readonly #options: LineageOptions;
  readonly #dag: RunOfJob;
  readonly #byState = new Map<string, LineageTask>();
  readonly #runs = new Map<string, TaskRun>();

  constructor(options: LineageOptions) {
    const { namespace, dag, tasks } = options;
    this.#options = options;
    this.#dag = { namespace, name: dag, runId: randomUUID() };
    for (const task of tasks) for (const state of task.states) this.#byState.set(state, task);
  }

  /** The run of the DAG. */
  get root(): RunOfJob {
    return this.#dag;
  }

  /** The DAG's run begins. @param at milliseconds, as everywhere here */
  begin(at: number): void {
    this.#ofDag('START', at, {});
  }

  /** A task begins. One that begins again after it had ended is another run of its job. */
  start(id: string, at: number): void {
    const task = this.#options.tasks.find((one) => one.id === id);
    if (task !== undefined) this.#start(task, at);
  }

  /** A task has ended; of one that never began there is nothing to say. */
  finish(id: string, at: number, end: End): void {
    const run = this.#runs.get(id);
    if (run === undefined || run.ended) return;
    run.ended = true;
    this.#ofTask(id, run, end.type, at, errorFacet(end));
  }

  /** The DAG's run has ended, and with it whatever of it has not. */
  end(at: number, end: End): void {
    for (const [id, run] of this.#runs)
      if (!run.ended) this.finish(id, at, { type: end.type === 'FAIL' ? 'FAIL' : 'ABORT' });
    this.#ofDag(end.type, at, errorFacet(end));
  }

  /** What a task reads. */
  reads(call: Call, datasets: readonly (Dataset | undefined)[]): void {
    this.#learn(call, 'inputs', datasets);
  }

  /** What a task has written. */
  wrote(call: Call, datasets: readonly (Dataset | undefined)[]): void {
    this.#learn(call, 'outputs', datasets);
  }

  /** The query that a task is. */
  asks(call: Call, query: string, dialect: string): void {
    const run = this.#runOf(call);
    if (run !== undefined) run.query = { query, dialect };
  }

  /** The run of the task that makes a call, for what it starts; undefined where it is no task's. */
  runOf(call: Call): RunOfJob | undefined {
    return this.#runOf(call)?.job;
  }

  /** Hands on an event of somebody else's. */
  pass(event: RunEvent): void {
    this.#options.send(event);
  }

  #start(task: LineageTask, at: number): TaskRun {
    const before = this.#runs.get(task.id);
    if (before !== undefined && !before.ended) return before;
    const { namespace, dag } = this.#options;
    const run = new TaskRun({ namespace, name: `${dag}.${task.id}`, runId: randomUUID() });
    this.#runs.set(task.id, run);
    this.#ofTask(task.id, run, 'START', at, {});
    return run;
  }

  #runOf({ state }: Call): TaskRun | undefined {
    const task = this.#byState.get(state);
    return task && this.#runs.get(task.id);
  }

  #learn(call: Call, side: 'inputs' | 'outputs', datasets: readonly (Dataset | undefined)[]): void {
    const run = this.#runOf(call);
    if (run === undefined) return;
    for (const dataset of datasets)
      if (dataset !== undefined) run[side].set(`${dataset.namespace}\n${dataset.name}`, dataset);
    // Of a job that nobody waited for more becomes known after the end of its task.
    if (run.ended) this.#ofTask(this.#byState.get(call.state)!.id, run, 'OTHER', Date.now(), {});
  }

  #ofDag(type: EventType, at: number, facets: Facets): void {
    const { nominal, description } = this.#options;
    const nominalTime =
      nominal === undefined ? {} : { nominalTime: facet('NominalTimeRunFacet', { nominalStartTime: nominal }) };
    this.#send(type, at, this.#dag, {
      run: { ...nominalTime, ...facets },
      job: { jobType: jobType('DAG'), ...documentation(description) },
    });
  }

  #ofTask(id: string, run: TaskRun, type: EventType, at: number, facets: Facets): void {
    const { tasks } = this.#options;
    const sql = run.query === undefined ? {} : { sql: facet('SQLJobFacet', run.query) };
    this.#send(
      type,
      at,
      run.job,
      {
        run: { parent: parentFacet(this.#dag, this.#dag), ...facets },
        job: { jobType: jobType('TASK'), ...documentation(tasks.find((task) => task.id === id)?.description), ...sql },
      },
      { inputs: sorted(run.inputs), outputs: sorted(run.outputs) },
    );
  }

  #send(
    eventType: EventType,
    at: number,
    { namespace, name, runId }: RunOfJob,
    facets: { readonly run: Facets; readonly job: Facets },
    data: Pick<RunEvent, 'inputs' | 'outputs'> = { inputs: [], outputs: [] },
  ): void {
    this.#options.send({
      eventType,
      eventTime: new Date(at).toISOString(),
      run: { runId, facets: { processing_engine: engine(), ...facets.run } },
      job: { namespace, name, facets: facets.job },
      ...data,
      producer: producer(),
      schemaURL: SCHEMA_URL,
    });
  }
}

function engine() {
  return facet('ProcessingEngineRunFacet', { name: 'dagwright', version: adapterVersion() });
}

function jobType(kind: 'DAG' | 'TASK') {
  return facet('JobTypeJobFacet', { processingType: 'BATCH', integration: 'DAGWRIGHT', jobType: kind });
}

function documentation(description: string | undefined): Facets {
  return description === undefined ? {} : { documentation: facet('DocumentationJobFacet', { description }) };
}

/** Why a run failed, in the words of the state machine. */
function errorFacet({ error, cause }: End): Facets {
  if (error === undefined) return {};
  const message = cause === undefined ? error : `${error}: ${cause}`;
  return { errorMessage: facet('ErrorMessageRunFacet', { message, programmingLanguage: 'Amazon States Language' }) };
}

function sorted(datasets: ReadonlyMap<string, Dataset>): Dataset[] {
  return [...datasets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, dataset]) => dataset);
}
