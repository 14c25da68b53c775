import type { Json } from '../../json/value.ts';
import type { Parallel } from '../../language/types.ts';
import { checkData } from '../data-size.ts';
import { type Flow, PARK, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import type { Inside } from '../redrive/position.ts';
import { robustly } from '../retry.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-events.ts';
import { type Branch, goingTo, type Outcome, takeInside, type Visit } from '../visit.ts';

/** Runs its branches at one time, each on its own copy of the input; the result is the list of their outputs. */
export function* runParallel(visit: Visit<Parallel>): Flow<Outcome> {
  const language = languageOf(visit);
  const { trail } = visit.branch;
  return yield* robustly(
    visit,
    function* () {
      const input = language.input(visit);
      const given = yield* settled(language.arguments(visit, input));
      // What comes in has been looked at where it went out.
      if (given !== visit.input) checkData(visit.name, given);
      const inside = takeInside(visit);
      if (inside === undefined) visit.run.history.record(trail, 'ParallelStateStarted');
      const { probe } = visit.run;
      const result = probe === undefined ? yield* runBranches(visit, given, inside) : probe.branches(visit);
      probe?.saw('result', result);
      visit.run.history.recordBeside(trail, 'ParallelStateSucceeded');
      return yield* settled(goingTo(visit.state.Next, language.shape(visit, input, result)));
    },
    (failure) => {
      if (failure.error === 'States.Runtime') return;
      visit.run.history.record(trail, 'ParallelStateFailed', { parallelStateFailedEventDetails: errorOf(failure) });
    },
  );
}

function* runBranches(visit: Visit<Parallel>, input: Json, inside: Inside | undefined): Flow<Json[]> {
  const { run, branch: outer, state } = visit;
  const { scheduler } = run;
  const me = scheduler.current;
  const outputs: Json[] = new Array(state.Branches.length);
  let left = outputs.length;
  let failure: StateFailure | undefined;
  const started = outer.trail.last;
  const fibers = state.Branches.map((states, at) => {
    const from = inside?.parts.get(at);
    const branch: Branch = { run, trail: { last: from?.last ?? started }, scope: new Scope(outer.scope) };
    return scheduler.spawn(
      (function* () {
        try {
          outputs[at] = yield* runStates(branch, states, input, from);
          if (--left > 0) return;
        } catch (error) {
          if (!(error instanceof StateFailure)) throw error;
          failure = error;
          for (const fiber of fibers) scheduler.cancel(fiber);
        }
        outer.trail.last = branch.trail.last;
        scheduler.wake(me);
      })(),
    );
  });
  try {
    while (left > 0 && failure === undefined) yield PARK;
  } finally {
    for (const fiber of fibers) scheduler.cancel(fiber);
  }
  if (failure !== undefined) throw failure;
  return outputs;
}
