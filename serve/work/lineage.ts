import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Execution, HistoryEvent } from '../../asl/interpret/options.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type LineageTarget, RunLineage } from '../../local/lineage.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { dagOf, manifestsIn } from '../machines/dags.ts';
import type { ExecutionRecord } from '../store/records.ts';

export interface LineagesOptions {
  readonly target: LineageTarget;
  /** With `dist/`. */
  readonly project: string;
  /** Where the endpoint's state lies. */
  readonly data: string;
  readonly onStatus: (text: string) => void;
}

/**
 * The lineage of executions, each of which is a run; one that is redriven is another. Of a machine that is a DAG of dist/ the tasks are
 * the DAG's, of any other one its Task states.
 */
export class Lineages {
  readonly #options: LineagesOptions;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: LineagesOptions) {
    this.#options = options;
  }

  /** @param before what an execution that goes on has been through */
  async begin(record: ExecutionRecord, machine: StateMachine, before: Iterable<HistoryEvent>): Promise<RunLineage> {
    const { target, project, data } = this.#options;
    const file = copyOf(data, record);
    await mkdir(dirname(file), { recursive: true });
    const manifest = await describe(record.machineName, machine, project);
    const run = new RunLineage({ target, manifest, nominal: nominalOf(record), before, project, file });
    run.lineage.begin(Date.now());
    return run;
  }

  /** An execution has ended. The events that are on their way are not waited for before the endpoint ends. */
  end(run: RunLineage, execution: Execution): void {
    const told = this.#tell(run, execution);
    this.#ending.add(told);
    void told.finally(() => this.#ending.delete(told));
  }

  /** Waits for the events of executions that have ended. */
  async close(): Promise<void> {
    await Promise.all(this.#ending);
  }

  async #tell(run: RunLineage, execution: Execution): Promise<void> {
    const sent = await run.end(Date.now(), execution);
    if (sent.failed === undefined) return;
    const { code, message, remedy } = diagnose('RUN082', { ...sent, ...sent.failed, all: sent.events });
    this.#options.onStatus(`${code} ${message}\n  → ${remedy}`);
  }
}

/** An execution's own file; Express executions, which leave no record, share one. */
function copyOf(data: string, { type, serial }: Pick<ExecutionRecord, 'type' | 'serial'>): string {
  return join(data, 'lineage', `${type === 'EXPRESS' ? 'express' : serial}.jsonl`);
}

/** Removes an execution's own file, where there is one. */
export async function forgetLineage(data: string, record: ExecutionRecord): Promise<void> {
  await rm(copyOf(data, record), { force: true });
}

type Described = Pick<Manifest, 'dag' | 'description' | 'tasks' | 'graph'>;

/** The DAG that a machine is, if it has the states of that DAG's tasks; else the machine as it stands. */
async function describe(name: string, machine: StateMachine, project: string): Promise<Described> {
  const states = [...walkStates(machine)];
  const names = new Set(states.map((one) => one.name));
  const manifest = dagOf(name, await manifestsIn(project));
  if (manifest?.tasks.every((task) => task.states.every((state) => names.has(state)))) return manifest;
  const tasks = states.flatMap(({ name: id, state }) =>
    state.Type === 'Task'
      ? [{ id, kind: 'task' as const, service: '', upstreams: [], triggerRule: 'all_success', states: [id] }]
      : [],
  );
  return { dag: name, ...(machine.Comment !== undefined && { description: machine.Comment }), tasks };
}

/** The logical date of a run's input, where it has one. */
function nominalOf({ input }: ExecutionRecord): string | undefined {
  const { logical_date: date } = (JSON.parse(input) ?? {}) as { logical_date?: unknown };
  return typeof date === 'string' && !Number.isNaN(Date.parse(date)) ? date : undefined;
}
