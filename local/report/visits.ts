import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { Json } from '../../asl/json.ts';

/** One stay of the execution in a state, read off its history. */
export interface Visit {
  readonly state: string;
  /** `Task`, `Parallel`, `Choice` … */
  readonly type: string;
  /** The id of the event that entered it: visits are in this order. */
  readonly id: number;
  readonly entered: number;
  exited?: number;
  /** The stay ended with an error, whether it was caught or not. */
  failed: boolean;
  error?: string;
  cause?: string;
  /** What the state handed on, as JSON texts. */
  output?: string;
  assigned?: Readonly<Record<string, string>>;
}

const FAILURE = /(Failed|TimedOut|Aborted)$/;

/** Reads stays off a history, event by event, so that it can be asked while the execution goes on. */
export class Visits {
  /** In the order in which they began. */
  readonly all: Visit[] = [];
  readonly #events = new Map<number, HistoryEvent>();
  /** The visit that each event belongs to: the one whose entry its chain of predecessors comes to first. */
  readonly #owners = new Map<number, Visit>();

  add(event: HistoryEvent): void {
    this.#events.set(event.id, event);
    const entered = /^(\w+)StateEntered$/.exec(event.type)?.[1];
    if (entered !== undefined) this.#enter(event, entered);
    else if (event.type.endsWith('StateExited')) this.#exit(event);
    else this.#inside(event);
  }

  /** The state that an event belongs to. */
  stateOf(eventId: number): string | undefined {
    return this.#owners.get(eventId)?.state;
  }

  #enter(event: HistoryEvent, type: string): void {
    const visit: Visit = { state: event.name!, type, id: event.id, entered: event.timestamp, failed: false };
    this.all.push(visit);
    this.#owners.set(event.id, visit);
  }

  #exit(event: HistoryEvent): void {
    const visit = this.#entryOf(event);
    if (visit === undefined) return;
    this.#owners.set(event.id, visit);
    visit.exited = event.timestamp;
    // A failure that was caught leaves the state by the same kind of event as a success.
    visit.failed = FAILURE.test(this.#events.get(event.previousEventId)?.type ?? '');
    if (!visit.failed) clearError(visit);
    const details = event.stateExitedEventDetails as
      | { output?: string; assignedVariables?: Record<string, string> }
      | undefined;
    if (details?.output !== undefined) visit.output = details.output;
    if (details?.assignedVariables !== undefined) visit.assigned = details.assignedVariables;
  }

  #inside(event: HistoryEvent): void {
    const owner = this.#owners.get(event.previousEventId);
    if (owner === undefined) return;
    this.#owners.set(event.id, owner);
    if (!FAILURE.test(event.type) || event.type.startsWith('Execution') || owner.exited !== undefined) return;
    Object.assign(owner, errorOf(event));
    if (owner.type === 'Task') owner.failed = true;
  }

  /** Walks back to the entry of the state that this event leaves. */
  #entryOf(exit: HistoryEvent): Visit | undefined {
    for (
      let event = this.#events.get(exit.previousEventId);
      event !== undefined;
      event = this.#events.get(event.previousEventId)
    ) {
      const owner = this.#owners.get(event.id);
      if (owner?.state === exit.name && owner?.id === event.id) return owner;
    }
    return undefined;
  }
}

function errorOf(event: HistoryEvent): { error?: string; cause?: string } {
  for (const [key, value] of Object.entries(event)) {
    if (!key.endsWith('EventDetails')) continue;
    const { error, cause } = value as { error?: Json; cause?: Json };
    if (typeof error === 'string') return { error, ...(typeof cause === 'string' && { cause }) };
  }
  return {};
}

/** An attempt failed, but a later one went well. */
function clearError(visit: Visit): void {
  delete visit.error;
  delete visit.cause;
}
