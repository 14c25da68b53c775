import type { Position, Waiting } from '../history/position.ts';
import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import type { State, States, StateType } from '../language/types.ts';
import { checkAssigned, checkData, variablesLimitExceeded } from './data-size.ts';
import { type Flow, isPromiseLike, type Later } from './flow.ts';
import { assignedDetails, type Kind, WHOLE } from './history.ts';
import { StateFailure } from './state-failure.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './states/simple.ts';
import { runTask } from './states/task.ts';
import type { Branch, Outcome, Visit } from './visit.ts';

// How a state of a type runs, from its input to what it hands on. It fails by throwing a StateFailure.

/** These wait for nothing but the evaluation of expressions: they need no flow of their own, which is dear. */
// biome-ignore lint/suspicious/noExplicitAny: each takes the visits of its own type of state
const AT_ONCE: { readonly [type in StateType]?: (visit: Visit<any>) => Later<Outcome> } = {
  Pass: runPass,
  Choice: runChoice,
  Succeed: runSucceed,
  Fail: runFail,
};
/** Their history ends with an event of its own when a sibling's failure ends them. */
// biome-ignore lint/suspicious/noExplicitAny: the same
const FLOWS: { readonly [type in StateType]?: (visit: Visit<any>) => Flow<Outcome> } = {
  Task: runTask,
  Wait: runWait,
  Parallel: runParallel,
  Map: runMap,
};

const ENTERED = byType(
  (type): Kind<string, Json> => ({
    type: `${type}StateEntered`,
    make: (id, previousEventId, timestamp, name, input, text) => ({
      id,
      previousEventId,
      timestamp,
      type: `${type}StateEntered`,
      name,
      stateEnteredEventDetails: { name, input: text(input), inputDetails: WHOLE },
    }),
  }),
);
const EXITED = byType(
  (type): Kind<string, Json> => ({
    type: `${type}StateExited`,
    make: (id, previousEventId, timestamp, name, output, text) => ({
      id,
      previousEventId,
      timestamp,
      type: `${type}StateExited`,
      name,
      stateExitedEventDetails: { name, output: text(output), outputDetails: WHOLE },
    }),
  }),
);
const EXITED_ASSIGNING = byType(
  (type): Kind<string, Assigning> => ({
    type: `${type}StateExited`,
    make: (id, previousEventId, timestamp, name, { output, assigned }, text) => ({
      id,
      previousEventId,
      timestamp,
      type: `${type}StateExited`,
      name,
      stateExitedEventDetails: {
        name,
        output: text(output),
        outputDetails: WHOLE,
        ...assignedDetails(assigned, text),
      },
    }),
  }),
);
interface Assigning {
  readonly output: Json;
  readonly assigned: JsonObject;
}

/** One for each type of state. */
function byType<B>(kindOf: (type: string) => Kind<string, B>): { readonly [type in StateType]: Kind<string, B> } {
  const all = Object.keys({ ...AT_ONCE, ...FLOWS }).map((type) => [type, kindOf(type)]);
  return Object.fromEntries(all) as { [type in StateType]: Kind<string, B> };
}

/**
 * Runs a machine, a branch or a processor from its first state, or from where it stood, to its end; answers the output of its last
 * state.
 */
export function* runStates(branch: Branch, states: States, input: Json, from?: Position): Flow<Json> {
  let name: string | undefined = states.StartAt;
  let value = input;
  let waiting: Waiting | undefined;
  // Whether the value is known to be no more than the service carries: what a state hands on is.
  let checked = false;
  if (from !== undefined) {
    branch.scope.assign(from.variables);
    if (from.at.kind === 'done') return from.at.output;
    if (from.at.kind === 'state') {
      waiting = from.at;
      name = waiting.name;
      value = waiting.input;
    }
  }
  while (name !== undefined) {
    const state: State | undefined = Object.hasOwn(states.States, name) ? states.States[name] : undefined;
    if (state === undefined) throw new StateFailure('States.Runtime', `The state '${name}' does not exist.`);
    const visit: Visit = enter(branch, name, state, value, waiting);
    const atOnce = AT_ONCE[state.Type];
    let outcome: Outcome;
    if (atOnce === undefined) outcome = yield* runFlow(visit);
    else {
      const later: Later<Outcome> = atOnce(visit);
      outcome = isPromiseLike(later) ? ((yield later) as Outcome) : later;
    }
    leave(visit, outcome, checked);
    if (branch.run.probe !== undefined) {
      // The test of a state ends with it.
      branch.run.probe.left(outcome);
      return outcome.output;
    }
    checked = true;
    waiting = undefined;
    name = outcome.next;
    value = outcome.output;
  }
  return value;
}

function enter(branch: Branch, name: string, state: State, input: Json, waiting?: Waiting): Visit {
  const { run, trail } = branch;
  const kind = ENTERED[state.Type];
  if (kind === undefined) throw new StateFailure('States.Runtime', `The state '${name}' has an unknown type.`);
  // A redrive goes on in the state that was entered before; a Fail state it enters again.
  const entered = state.Type === 'Fail' ? undefined : waiting?.entered;
  const enteredAfter = entered?.after ?? trail.last;
  return {
    branch,
    run,
    name,
    state,
    language: state.QueryLanguage ?? run.language,
    input,
    enteredId: entered?.id ?? run.history.recordKind(trail, kind, name, input),
    enteredAfter,
    enteredAt: entered?.at ?? run.scheduler.clock.now(),
    retryCount: run.probe?.retried ?? 0,
    token: undefined,
    inside: waiting?.inside,
  };
}

function* runFlow(visit: Visit): Flow<Outcome> {
  const { run, state, branch } = visit;
  let ended = false;
  try {
    const outcome = yield* (FLOWS[state.Type] as (visit: Visit) => Flow<Outcome>)(visit);
    ended = true;
    return outcome;
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // Neither an end nor a failure: somebody else's failure ended the branch while the state waited.
    if (!ended && !run.over) run.history.record(branch.trail, `${state.Type}StateAborted`);
  }
}

function leave(visit: Visit, { output, assigned }: Outcome, inputChecked: boolean): void {
  const { name, branch, state } = visit;
  if (assigned !== undefined) {
    checkAssigned(name, assigned);
    branch.scope.assign(assigned);
    if (branch.scope.exceeds(LIMITS.variablesBytes)) throw variablesLimitExceeded(name);
  }
  if (!inputChecked || output !== visit.input) checkData(name, output);
  const { history } = visit.run;
  if (assigned === undefined || isEmpty(assigned)) history.recordKind(branch.trail, EXITED[state.Type], name, output);
  else history.recordKind(branch.trail, EXITED_ASSIGNING[state.Type], name, { output, assigned });
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}
