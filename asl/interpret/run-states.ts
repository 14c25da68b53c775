import type { Json } from '../json.ts';
import { LIMITS } from '../limits.ts';
import type { State, States, StateType } from '../types.ts';
import { checkAssigned, checkData, variablesLimitExceeded } from './data-limit.ts';
import type { Flow } from './flow.ts';
import { assignedDetails, withInput, withOutput } from './history.ts';
import type { Position, Waiting } from './redrive/position.ts';
import { StateFailure } from './state-failure.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import type { Branch, Outcome, Visit } from './visit.ts';

/** How a state of a type runs, from its input to what it hands on. It fails by throwing a StateFailure. */
// biome-ignore lint/suspicious/noExplicitAny: each takes the visits of its own type of state
const RUNNERS: { readonly [type in StateType]: (visit: Visit<any>) => Flow<Outcome> } = {
  Pass: runPass,
  Task: runTask,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
  Parallel: runParallel,
  Map: runMap,
};
/** States whose history ends with an event of its own when a sibling's failure ends them. */
const ABORTABLE: ReadonlySet<string> = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * Runs a machine, a branch or a processor from its first state, or from where it stood, to its end; answers the output of its last
 * state.
 */
export function* runStates(branch: Branch, states: States, input: Json, from?: Position): Flow<Json> {
  let name: string | undefined = states.StartAt;
  let value = input;
  let waiting: Waiting | undefined;
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
    const outcome: Outcome = yield* runState(branch, name, state, value, waiting);
    waiting = undefined;
    name = outcome.next;
    value = outcome.output;
  }
  return value;
}

function* runState(branch: Branch, name: string, state: State, input: Json, waiting?: Waiting): Flow<Outcome> {
  const { run, trail } = branch;
  const { history } = run;
  // A redrive goes on in the state that was entered before; a Fail state it enters again.
  const entered = state.Type === 'Fail' ? undefined : waiting?.entered;
  const enteredId =
    entered?.id ??
    history.record(trail, `${state.Type}StateEntered`, {
      name,
      stateEnteredEventDetails: withInput(input, { name }),
    });
  const visit: Visit = {
    branch,
    run,
    name,
    state,
    language: state.QueryLanguage ?? run.language,
    input,
    enteredId,
    enteredAt: entered?.at ?? run.scheduler.clock.now(),
    retryCount: 0,
    token: undefined,
    inside: waiting?.inside,
  };
  const runner = RUNNERS[state.Type];
  if (runner === undefined) throw new StateFailure('States.Runtime', `The state '${name}' has an unknown type.`);
  let ended = false;
  try {
    const outcome = yield* runner(visit);
    ended = true;
    finish(visit, outcome);
    return outcome;
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // Neither an end nor a failure: somebody else's failure ended the branch while the state waited.
    if (!ended && ABORTABLE.has(state.Type) && !run.over) history.record(trail, `${state.Type}StateAborted`);
  }
}

function finish(visit: Visit, { output, assigned }: Outcome): void {
  const { name, branch, state } = visit;
  if (assigned !== undefined) {
    checkAssigned(name, assigned);
    branch.scope.assign(assigned);
    if (branch.scope.exceeds(LIMITS.variablesBytes)) throw variablesLimitExceeded(name);
  }
  checkData(name, output);
  visit.run.history.record(branch.trail, `${state.Type}StateExited`, {
    name,
    stateExitedEventDetails: withOutput(output, { name, ...(assigned !== undefined && assignedDetails(assigned)) }),
  });
}
