import type { Visit } from '../asl/history/visit.ts';
import { interpret } from '../asl/interpret/interpret.ts';
import type { Execution, HistoryEvent } from '../asl/interpret/options.ts';
import type { StateMachine } from '../asl/language/types.ts';
import type { AccountOptions, Note } from '../engines/engine.ts';
import { createEngines } from '../engines/engines.ts';
import { HybridClock } from '../engines/hybrid-clock.ts';
import type { Lineage } from '../engines/lineage/lineage.ts';
import type { Progress, TaskProgress } from '../report/progress/progress.ts';
import { Tracker } from '../report/progress/progress.ts';
import { SERVICES } from '../tasks/services.ts';
import { withCleanup } from './cleanup.ts';
import { cleanupName } from './compiled.ts';
import { endOf } from './lineage.ts';
import type { Prepared } from './prepare.ts';

export interface Executed {
  readonly execution: Execution;
  readonly events: readonly HistoryEvent[];
  /** The stays in states, by real time. */
  readonly visits: readonly Visit[];
  readonly notes: readonly Note[];
}

export interface ExecuteOptions extends Omit<AccountOptions, 'clock' | 'onNote'> {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Interprets the machine over this machine's engines, and tells the progress of it. Every job has ended when it answers. */
export async function execute(
  machine: StateMachine,
  { manifest, input, leftOut, cleanup, guard, cleanupGuard }: Prepared,
  options: ExecuteOptions,
): Promise<Executed> {
  const { progress, signal, ...account } = options;
  const clock = new HybridClock();
  const notes: Note[] = [];
  const events: HistoryEvent[] = [];
  const tracker = new Tracker(manifest, leftOut);
  const onNote = (note: Note) => {
    notes.push(note);
    progress.note(note);
  };
  const onEvent = (event: HistoryEvent) => {
    events.push(event);
    for (const change of tracker.add(event, Date.now())) {
      progress.change(change, () => tracker.tasks());
      if (account.lineage !== undefined) follow(account.lineage, change);
    }
  };
  const engines = createEngines({ ...account, clock, onNote, ...(guard && { access: guard.access }) }, SERVICES);
  const tasks = withCleanup({
    machine: cleanup,
    name: cleanupName(manifest),
    events,
    clock,
    random: account.random,
    engines,
    ...(cleanupGuard && { guard: cleanupGuard }),
  });
  progress.begin(`${manifest.dag} (${account.run.id})`);
  account.lineage?.begin(Date.now());
  try {
    const execution = await interpret(machine, {
      input: { ...input },
      clock,
      random: account.random,
      tasks: guard === undefined ? tasks : guard.guarding(tasks),
      name: account.run.id,
      machineName: manifest.dag,
      signal,
      onEvent,
    });
    return { execution, events, visits: tracker.visits.all, notes };
  } catch (error) {
    // A defect: nobody will ask for the jobs that are under way.
    account.groups.killAll();
    throw error;
  } finally {
    await engines.close();
    progress.end();
  }
}

/** Tells the lineage of a run that a task has begun or ended. */
function follow(lineage: Lineage, { task, state, until, error, cause }: TaskProgress): void {
  if (state === 'running') return lineage.start(task, Date.now());
  const end = state === 'waiting' ? undefined : endOf({ state, error, cause });
  if (end !== undefined) lineage.finish(task, until ?? Date.now(), end);
}
