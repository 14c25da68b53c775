import type { Visit } from '../asl/history/visit.ts';
import { interpret } from '../asl/interpret/interpret.ts';
import type { Execution, HistoryEvent } from '../asl/interpret/options.ts';
import type { StateMachine } from '../asl/language/types.ts';
import type { AccountOptions, Note } from '../engines/engine.ts';
import { createEngines } from '../engines/engines.ts';
import { HybridClock } from '../engines/hybrid-clock.ts';
import type { Progress } from '../report/progress/progress.ts';
import { Tracker } from '../report/progress/progress.ts';
import { SERVICES } from '../tasks/services.ts';
import { withCleanup } from './cleanup.ts';
import { cleanupName } from './compiled.ts';
import type { RunLineage } from './lineage.ts';
import type { Prepared } from './prepare.ts';

export interface Executed {
  readonly execution: Execution;
  readonly events: readonly HistoryEvent[];
  /** The stays in states, by real time. */
  readonly visits: readonly Visit[];
  readonly notes: readonly Note[];
}

export interface ExecuteOptions extends Omit<AccountOptions, 'clock' | 'onNote' | 'lineage'> {
  readonly lineage?: RunLineage;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Interprets the machine over this machine's engines, and tells the progress of it. Every job has ended when it answers. */
export async function execute(
  machine: StateMachine,
  { manifest, input, leftOut, cleanup, guard, cleanupGuard }: Prepared,
  options: ExecuteOptions,
): Promise<Executed> {
  const { progress, signal, lineage: told, ...account } = options;
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
    for (const change of tracker.add(event, Date.now())) progress.change(change, () => tracker.tasks());
    told?.add(event);
  };
  const engines = createEngines(
    {
      ...account,
      clock,
      onNote,
      ...(guard && { access: guard.access }),
      ...(told && { lineage: () => told.lineage }),
    },
    SERVICES,
  );
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
  told?.lineage.begin(Date.now());
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
