import type { HistoryEvent } from '../interpret/options.ts';
import { detailsOf, errorOf } from './events.ts';
import type { Visit, Within } from './visit.ts';
import { endAttempts, noteAttempt, reopenAttempt } from './visit.ts';

const ENTERED = /^(\w+)StateEntered$/;
const FAILURE = /(Failed|TimedOut|Aborted)$/;
const ITERATION = /^MapIteration(Started|Succeeded|Failed|Aborted)$/;
/** Events of a state that has others within it; they may follow an event of one of those. */
const OF_CONTAINER = /^(Parallel|Map)(State|Run)\w+$/;
const ABORTED = /^(Task|Wait|Parallel|Map)StateAborted$/;
/** They begin what is in a Parallel or a Map, once more where a redrive does. */
const BEGINS_AGAIN = /^(ParallelStateStarted|MapStateStarted|MapRunRedriven)$/;
/** They only pass on a failure from within. */
const PASSES_ON = /^(ParallelStateFailed|MapStateFailed|MapRunFailed|MapIterationFailed)$/;

/**
 * Reads stays off a history, event by event, so that it can be asked while the execution goes on. Each event names the one that it
 * follows in its branch (`previousEventId`), which tells whose it is.
 */
export class Visits {
  /** In the order in which they began. */
  readonly all: Visit[] = [];
  /** The state in which the failure began that ended the execution. */
  culprit: Visit | undefined;
  readonly #events = new Map<number, HistoryEvent>();
  readonly #owners = new Map<number, Visit>();
  /** By the event that began it, and by the one that ended it. */
  readonly #iterations = new Map<number, Within>();
  readonly #lastIn = new Map<Within, Visit>();
  #isRedriven = false;

  add(event: HistoryEvent): void {
    this.#events.set(event.id, event);
    const entered = ENTERED.exec(event.type)?.[1];
    if (entered !== undefined) this.#enter(event, entered);
    else if (event.type.startsWith('Execution')) this.#execution(event);
    else if (ITERATION.test(event.type)) this.#iteration(event);
    else if (event.type.endsWith('StateExited')) this.#exit(event);
    else this.#inside(event);
  }

  /** The state that an event belongs to. */
  stateOf(eventId: number): string | undefined {
    return this.#owners.get(eventId)?.state;
  }

  #enter(event: HistoryEvent, type: string): void {
    const within = this.#withinAfter(event);
    const visit: Visit = {
      state: event.name ?? String(detailsOf(event).name),
      type,
      id: event.id,
      entered: event.timestamp,
      ...(within !== undefined && { within }),
      attempts: [],
      events: [],
      failed: false,
    };
    this.all.push(visit);
    if (within !== undefined) this.#lastIn.set(within, visit);
    if (within !== undefined) this.#goOn(within.visit);
    this.#own(visit, event);
  }

  /** Where a state stands that is entered after this event's predecessor: behind the state before it, or first in a branch. */
  #withinAfter({ previousEventId, timestamp }: HistoryEvent): Within | undefined {
    const iteration = this.#iterations.get(previousEventId);
    if (iteration !== undefined) return iteration;
    const before = this.#owners.get(previousEventId);
    if (this.#events.get(previousEventId)?.type === 'ParallelStateStarted' && before !== undefined)
      return { visit: before, attempt: before.attempts.length - 1, began: timestamp };
    return before?.within;
  }

  #exit(event: HistoryEvent): void {
    const visit = this.#ownerOf(event, (one) => one.state === (event.name ?? detailsOf(event).name));
    if (visit === undefined) return;
    this.#goOn(visit);
    const last = visit.events.at(-1);
    this.#own(visit, event);
    visit.exited = event.timestamp;
    // A failure that was caught leaves the state by the same kind of event as a success.
    visit.failed = last !== undefined && FAILURE.test(last.type);
    if (!visit.failed) clearError(visit);
    endAttempts(visit, event.timestamp);
    if (visit.within !== undefined) visit.within.ended = event.timestamp;
    const { output, assignedVariables } = detailsOf(event);
    if (typeof output === 'string') visit.output = output;
    if (typeof assignedVariables === 'object') visit.assigned = assignedVariables as Record<string, string>;
  }

  #iteration(event: HistoryEvent): void {
    const { name, index } = detailsOf(event);
    const what = ITERATION.exec(event.type)?.[1];
    const visit = this.#ownerOf(event, (one) => one.type === 'Map' && one.state === (event.name ?? name));
    if (visit === undefined) return;
    if (what === 'Started') {
      this.#goOn(visit);
      const attempt = visit.attempts.length - 1;
      this.#iterations.set(event.id, { visit, attempt, iteration: Number(index), began: event.timestamp });
    } else {
      const iteration = this.#iterationBefore(event, visit, Number(index));
      if (iteration !== undefined) {
        iteration.ended = event.timestamp;
        iteration.end = what?.toLowerCase() as NonNullable<Within['end']>;
        this.#iterations.set(event.id, iteration);
      }
      if (what === 'Failed') this.#blame(event, visit);
    }
    this.#own(visit, event);
  }

  #iterationBefore({ previousEventId }: HistoryEvent, map: Visit, index: number): Within | undefined {
    const first = this.#iterations.get(previousEventId);
    if (first !== undefined) return first;
    for (let within = this.#owners.get(previousEventId)?.within; within !== undefined; within = within.visit.within)
      if (within.visit === map && within.iteration === index) return within;
    return undefined;
  }

  #inside(event: HistoryEvent): void {
    const owner = this.#ownerInside(event);
    if (owner === undefined) return;
    if (!FAILURE.test(event.type)) this.#goOn(owner);
    // An expression that fails follows what the state's entry follows; of the state itself it follows what it did last.
    const before = event.type === 'EvaluationFailed' ? owner.events.at(-1) : this.#cameFrom(event);
    noteAttempt(owner, event, before);
    this.#own(owner, event);
    if (/^(Parallel|Map)State(Started|Failed)$/.test(event.type)) this.#blame(event, owner);
    if (ABORTED.test(event.type)) owner.aborted = true;
    if (!FAILURE.test(event.type) || owner.exited !== undefined) return;
    Object.assign(owner, errorOf(event));
    if (owner.type === 'Task' || event.type.endsWith('StateFailed')) owner.failed = true;
  }

  #ownerInside(event: HistoryEvent): Visit | undefined {
    const before = this.#owners.get(event.previousEventId);
    const type = (OF_CONTAINER.exec(event.type) ?? ABORTED.exec(event.type))?.[1];
    if (this.#isRedriven && BEGINS_AGAIN.test(event.type) && before?.type === type && before?.exited === undefined)
      return before;
    if (type !== undefined) return this.#ownerOf(event, (one) => one.type === type && !isOver(one));
    const { state } = detailsOf(event);
    if (event.type === 'EvaluationFailed' && typeof state === 'string')
      return this.#beside(event, state) ?? this.#ownerOf(event, (one) => one.state === state);
    // An iteration that a redrive goes on with.
    const iteration = this.#iterations.get(event.previousEventId);
    if (iteration?.ended !== undefined) return this.#lastIn.get(iteration);
    return before ?? this.#redriven(event);
  }

  /** The stay in a state whose entry follows the same event as this one does: so the service chains expressions that fail. */
  #beside({ previousEventId }: HistoryEvent, state: string): Visit | undefined {
    return this.all.findLast(
      (visit) =>
        visit.state === state &&
        visit.exited === undefined &&
        this.#events.get(visit.id)?.previousEventId === previousEventId,
    );
  }

  /** The nearest state around an event's predecessor, itself included, that is the one looked for. */
  #ownerOf({ previousEventId }: HistoryEvent, isIt: (visit: Visit) => boolean): Visit | undefined {
    const first = this.#owners.get(previousEventId);
    if (first === undefined) return this.all.findLast((visit) => visit.exited === undefined && isIt(visit));
    for (let visit: Visit | undefined = first; visit !== undefined; visit = visit.within?.visit)
      if (isIt(visit)) return visit;
    return undefined;
  }

  /** A state that a redrive tries again is not entered anew; where nothing leads back to it, it is the last that did not succeed. */
  #redriven(event: HistoryEvent): Visit | undefined {
    if (this.#events.get(event.previousEventId)?.type !== 'ExecutionRedriven') return undefined;
    return this.all.findLast((one) => one.exited === undefined && (one.failed || one.aborted));
  }

  /** What a redrive goes on with has not ended, and neither has anything around it. */
  #goOn(visit: Visit): void {
    if (!this.#isRedriven) return;
    for (let around: Visit | undefined = visit; around !== undefined; around = around.within?.visit) {
      if (around.exited === undefined && (around.failed || around.aborted)) reopen(around);
    }
  }

  #execution(event: HistoryEvent): void {
    this.culprit = undefined;
    if (event.type === 'ExecutionRedriven') this.#isRedriven = true;
    if (event.type === 'ExecutionFailed') this.culprit = this.#blame(event, undefined);
  }

  /**
   * A failure that came up to a state (to the execution, where none is given) has ended everything on its way. Not every failure has an
   * event in the state where it began: a Choice without a match has none.
   */
  #blame(event: HistoryEvent, upTo: Visit | undefined): Visit | undefined {
    const before = this.#cameFrom(event);
    const from = before === undefined ? undefined : this.#owners.get(before.id);
    const error = errorOf(event);
    for (let visit = from; visit !== undefined && visit !== upTo; visit = visit.within?.visit) {
      if (visit.exited !== undefined || visit.aborted) continue;
      visit.failed = true;
      visit.error ??= error.error as string;
      visit.cause ??= error.cause as string;
      if (visit.error === undefined) delete visit.error;
      if (visit.cause === undefined) delete visit.cause;
      endAttempts(visit, event.timestamp);
      if (visit.within !== undefined) visit.within.ended ??= event.timestamp;
    }
    return from;
  }

  /** The event that one follows, past those that only pass on a failure. */
  #cameFrom(event: HistoryEvent): HistoryEvent | undefined {
    let before = this.#events.get(event.previousEventId);
    // Only ever backwards: a broken history may go round.
    while (before !== undefined && PASSES_ON.test(before.type))
      before = before.previousEventId < before.id ? this.#events.get(before.previousEventId) : undefined;
    return before;
  }

  #own(visit: Visit, event: HistoryEvent): void {
    this.#owners.set(event.id, visit);
    visit.events.push(event);
  }
}

function isOver({ exited, failed, aborted }: Visit): boolean {
  return exited !== undefined || failed || aborted === true;
}

function reopen(visit: Visit): void {
  visit.failed = false;
  delete visit.aborted;
  clearError(visit);
  if (visit.type !== 'Task') reopenAttempt(visit);
  delete visit.within?.ended;
  delete visit.within?.end;
}

/** An attempt failed, but a later one went well. */
function clearError(visit: Visit): void {
  delete visit.error;
  delete visit.cause;
}
