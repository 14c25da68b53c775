import type { Inside, Position } from '../../history/position.ts';
import type { Json } from '../../json/value.ts';
import type { Parallel, States } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import { type Flow, PARK, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { robustly } from '../retry.ts';
import { runStates } from '../run-states.ts';
import type { Fiber } from '../scheduler.ts';
import { Scope } from '../scope.ts';
import { StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-events.ts';
import { type Branch, goingTo, type Outcome, takeInside, type Visit } from '../visit.ts';

/** Runs its branches at one time, each on its own copy of the input; the result is the list of their outputs. */
export function runParallel(visit: Visit<Parallel>): Flow<Outcome> {
  return robustly(
    visit,
    () => attempt(visit),
    (failure) => {
      if (failure.error === 'States.Runtime') return;
      const details = { parallelStateFailedEventDetails: errorOf(failure) };
      visit.run.history.record(visit.branch.trail, 'ParallelStateFailed', details);
    },
  );
}

function* attempt(visit: Visit<Parallel>): Flow<Outcome> {
  const { history, probe } = visit.run;
  const { trail } = visit.branch;
  const language = languageOf(visit);
  const input = language.input(visit);
  const given = yield* settled(language.arguments(visit, input));
  // What comes in has been looked at where it went out.
  if (given !== visit.input) checkData(visit.name, given);
  const inside = takeInside(visit);
  if (inside === undefined) history.record(trail, 'ParallelStateStarted');
  const result = probe === undefined ? yield* new Branches(visit).run(given, inside) : probe.branches(visit);
  probe?.saw('result', result);
  history.recordBeside(trail, 'ParallelStateSucceeded');
  return yield* settled(goingTo(visit.state.Next, language.shape(visit, input, result)));
}

/** The branches of one attempt while they run. */
class Branches {
  readonly #visit: Visit<Parallel>;
  readonly #waiting: Fiber;
  readonly #outputs: Json[];
  #fibers: readonly Fiber[] = [];
  #left: number;
  #failure: StateFailure | undefined;

  constructor(visit: Visit<Parallel>) {
    const { length } = visit.state.Branches;
    this.#visit = visit;
    this.#waiting = visit.run.scheduler.current;
    this.#outputs = new Array(length);
    this.#left = length;
  }

  *run(input: Json, inside: Inside | undefined): Flow<Json[]> {
    const { run, branch: outer, state } = this.#visit;
    const started = outer.trail.last;
    this.#fibers = state.Branches.map((states, at) => {
      const from = inside?.parts.get(at);
      const branch: Branch = { run, trail: { last: from?.last ?? started }, scope: new Scope(outer.scope) };
      return run.scheduler.spawn(this.#branch(at, branch, states, input, from));
    });
    try {
      while (this.#left > 0 && this.#failure === undefined) yield PARK;
    } finally {
      this.#cancel();
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#outputs;
  }

  *#branch(at: number, branch: Branch, states: States, input: Json, from: Position | undefined): Flow<void> {
    try {
      this.#outputs[at] = yield* runStates(branch, states, input, from);
      if (--this.#left > 0) return;
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      this.#failure = error;
      this.#cancel();
    }
    this.#visit.branch.trail.last = branch.trail.last;
    branch.run.scheduler.wake(this.#waiting);
  }

  #cancel(): void {
    for (const fiber of this.#fibers) this.#visit.run.scheduler.cancel(fiber);
  }
}
