import type { HistoryEvent } from '../interpret/options.ts';
import { scopesOf } from '../language/states.ts';
import type { State, States } from '../language/types.ts';
import { detailsOf, errorOf } from './events.ts';
import { endAttempts, noteAttempt, reopenAttempt, type Visit, type Within } from './visit.ts';

const ENTERED = /^(\w+)StateEntered$/;
const FAILURE = /(Failed|TimedOut|Aborted)$/;
const ITERATION = /^MapIteration(Started|Succeeded|Failed|Aborted)$/;
/** Events of a state that has others within it; they may follow an event of one of those. */
const OF_CONTAINER = /^(Parallel|Map)(State|Run)\w+$/;
const ABORTED = /^(Task|Wait|Parallel|Map)StateAborted$/;
/** They only pass on a failure from within. */
const PASSES_ON = /^(ParallelStateFailed|MapStateFailed|MapRunFailed|MapIterationFailed)$/;

/**
 * Reads visits off a history, event by event, so that it can be asked while the execution goes on. Each event names the one that it
 * follows in its branch (`previousEventId`), which tells whose it is; where that leads elsewhere (the first state of a branch that a
 * redrive begins follows `ExecutionRedriven`), the machine does, if it is known: names of states are unique in it.
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
  readonly #lastIn = new Map<Within | undefined, Visit>();
  /** The branches and iterations that a Parallel or a Map began in its last attempt. */
  readonly #parts = new Map<Visit, Within[]>();
  readonly #lastEvents = new Map<Within | undefined, number>();
  readonly #machine: States | undefined;
  readonly #scopes = new Map<Within, States>();
  /** What failed or was aborted, and no redrive has come since. */
  readonly #over = new Set<Visit>();
  #isRedriven = false;

  /** @param machine the machine whose history it is, where that is known */
  constructor(machine?: States) {
    this.#machine = machine;
  }

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

  /** The branches and iterations that a Parallel or a Map has begun in its last attempt, in the order in which they began. */
  partsOf(visit: Visit): readonly Within[] {
    return this.#parts.get(visit) ?? [];
  }

  /** The id of the last event of a branch or an iteration, or of the machine itself; 0 where it has none. */
  lastEventIn(within: Within | undefined): number {
    return this.#lastEvents.get(within) ?? 0;
  }

  /** The visit that an event belongs to. */
  ownerOf(eventId: number): Visit | undefined {
    return this.#owners.get(eventId);
  }

  /** What the machine has within a branch or an iteration; undefined where the machine is not known, or has none such. */
  scopeOf(within: Within | undefined): States | undefined {
    return within === undefined ? this.#machine : this.#scopes.get(within);
  }

  /** The state of a visit; undefined where the machine is not known, or does not have it there. */
  definitionOf({ state, within }: Visit): State | undefined {
    const scope = this.scopeOf(within);
    return scope !== undefined && Object.hasOwn(scope.States, state) ? scope.States[state] : undefined;
  }

  #enter(event: HistoryEvent, type: string): void {
    const state = event.name ?? String(detailsOf(event).name);
    const within = this.#withinOf(event, state);
    const visit: Visit = {
      state,
      type,
      id: event.id,
      entered: event.timestamp,
      ...(within !== undefined && { within }),
      attempts: [],
      events: [],
      failed: false,
    };
    this.all.push(visit);
    this.#lastIn.set(within, visit);
    if (within !== undefined) this.#goOn(within.visit);
    this.#own(visit, event);
  }

  /** Where a state stands that is entered: where its predecessor leads, unless the machine has it elsewhere. */
  #withinOf(event: HistoryEvent, state: string): Within | undefined {
    const after = this.#withinAfter(event, state);
    if (this.#machine === undefined || this.#has(after, state)) return after;
    for (const places of [this.#upFrom(after), this.#downFrom(undefined)]) {
      for (const place of places) {
        if (this.#has(place, state)) return place;
        const parallel = this.#lastIn.get(place);
        const branch = parallel && this.#branchOf(parallel, state);
        if (parallel === undefined || branch === undefined) continue;
        const begun = this.partsOf(parallel).find((part) => this.scopeOf(part) === branch);
        return begun ?? this.#begin(parallel, event, state);
      }
    }
    return after;
  }

  /** A branch or an iteration, the one around it, and so on up to the machine itself. */
  *#upFrom(within: Within | undefined): Generator<Within | undefined> {
    for (let place = within; place !== undefined; place = place.visit.within) yield place;
    yield undefined;
  }

  /** A branch or an iteration, or the machine itself, and all that goes on within it. */
  *#downFrom(within: Within | undefined): Generator<Within | undefined> {
    yield within;
    const last = this.#lastIn.get(within);
    for (const part of last === undefined ? [] : this.partsOf(last)) yield* this.#downFrom(part);
  }

  /** Behind the state before it, or first in a branch. */
  #withinAfter(event: HistoryEvent, state: string): Within | undefined {
    const { previousEventId } = event;
    const iteration = this.#iterations.get(previousEventId);
    if (iteration !== undefined) return iteration;
    const before = this.#owners.get(previousEventId);
    if (this.#events.get(previousEventId)?.type === 'ParallelStateStarted' && before !== undefined)
      return this.#begin(before, event, state);
    return before?.within;
  }

  /** A branch, by a state of it, or an iteration, by its number, that begins. */
  #begin(visit: Visit, { id, timestamp }: HistoryEvent, part: string | number): Within {
    const attempt = visit.attempts.length - 1;
    const within: Within = {
      visit,
      attempt,
      ...(typeof part === 'number' && { iteration: part }),
      began: timestamp,
    };
    const definition = this.definitionOf(visit);
    const scope =
      typeof part === 'string'
        ? this.#branchOf(visit, part)
        : definition?.Type === 'Map'
          ? scopesOf(definition)[0]
          : undefined;
    if (scope !== undefined) this.#scopes.set(within, scope);
    const beside = this.#parts.get(visit);
    if (beside === undefined) this.#parts.set(visit, [within]);
    else beside.push(within);
    this.#lastEvents.set(within, id);
    return within;
  }

  /** The branch of a Parallel that has a state. */
  #branchOf(visit: Visit, state: string): States | undefined {
    const definition = this.definitionOf(visit);
    if (definition?.Type !== 'Parallel') return undefined;
    return definition.Branches.find(({ States }) => Object.hasOwn(States, state));
  }

  #has(within: Within | undefined, state: string): boolean {
    const scope = this.scopeOf(within);
    return scope !== undefined && Object.hasOwn(scope.States, state);
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
      const within = this.#begin(visit, event, Number(index));
      this.#iterations.set(event.id, within);
      this.#own(visit, event, within);
    } else {
      const iteration = this.#iterationBefore(event, visit, Number(index));
      if (iteration !== undefined) {
        iteration.ended = event.timestamp;
        iteration.end = what?.toLowerCase() as NonNullable<Within['end']>;
        this.#iterations.set(event.id, iteration);
      }
      if (what === 'Failed') this.#blame(event, visit);
      this.#own(visit, event, iteration);
    }
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
    if (/^(Parallel|Map)StateStarted$/.test(event.type)) this.#parts.delete(owner);
    if (/^(Parallel|Map)State(Started|Failed)$/.test(event.type)) this.#blame(event, owner);
    if (ABORTED.test(event.type)) {
      owner.aborted = true;
      this.#over.add(owner);
    }
    if (!FAILURE.test(event.type) || owner.exited !== undefined) return;
    Object.assign(owner, errorOf(event));
    if (owner.type !== 'Task' && !event.type.endsWith('StateFailed')) return;
    owner.failed = true;
    this.#over.add(owner);
  }

  #ownerInside(event: HistoryEvent): Visit | undefined {
    const before = this.#owners.get(event.previousEventId);
    const type = (OF_CONTAINER.exec(event.type) ?? ABORTED.exec(event.type))?.[1];
    // A Task that failed has nothing within it, and may yet be aborted while it waits for its next attempt.
    const isLeaf = type === 'Task' || type === 'Wait';
    if (type !== undefined)
      return this.#ownerOf(
        event,
        (one) => one.type === type && (isLeaf ? one.exited === undefined : !this.#isOver(one)),
      );
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
    const iteration = this.#iterations.get(previousEventId);
    const first = (iteration && this.#lastIn.get(iteration)) ?? this.#owners.get(previousEventId);
    if (first === undefined && this.#machine === undefined)
      return this.all.findLast((visit) => visit.exited === undefined && isIt(visit));
    for (let visit: Visit | undefined = first; visit !== undefined; visit = visit.within?.visit)
      if (isIt(visit)) return visit;
    // Of a machine that is known the names are too: there is but one such state. A Choice is left once more by a redrive.
    if (this.#machine === undefined) return undefined;
    return this.all.findLast((visit) => visit.exited === undefined && isIt(visit)) ?? this.all.findLast(isIt);
  }

  /** It was left, or has come to its end since the last redrive: an event of a Parallel or a Map is of what is around it. */
  #isOver(visit: Visit): boolean {
    return visit.exited !== undefined || this.#over.has(visit);
  }

  /** A state that a redrive tries again is not entered anew; where nothing leads back to it, it is the last that did not succeed. */
  #redriven(event: HistoryEvent): Visit | undefined {
    if (this.#events.get(event.previousEventId)?.type !== 'ExecutionRedriven') return undefined;
    const outermost = this.all.findLast(({ within }) => within === undefined);
    if (outermost?.exited === undefined && (outermost?.type === 'Task' || outermost?.type === 'Wait')) return outermost;
    return this.all.findLast((one) => one.exited === undefined && (one.failed || one.aborted));
  }

  /** What a redrive goes on with has not ended, and neither has anything around it. */
  #goOn(visit: Visit): void {
    if (!this.#isRedriven) return;
    for (let around: Visit | undefined = visit; around !== undefined; around = around.within?.visit) {
      if (around.exited === undefined && (around.failed || around.aborted)) {
        this.#over.delete(around);
        reopen(around);
      }
    }
  }

  #execution(event: HistoryEvent): void {
    this.culprit = undefined;
    this.#lastEvents.set(undefined, event.id);
    if (event.type === 'ExecutionRedriven') {
      this.#isRedriven = true;
      this.#over.clear();
    }
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
      this.#over.add(visit);
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

  /** @param within what the event is the last one of */
  #own(visit: Visit, event: HistoryEvent, within = visit.within): void {
    this.#owners.set(event.id, visit);
    this.#lastEvents.set(within, event.id);
    visit.events.push(event);
  }
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
