import { isObject, type Json } from '../../json/value.ts';
import { uuidFrom } from '../../jsonata/index.ts';
import { LIMITS } from '../../language/limits.ts';
import type { Task } from '../../language/types.ts';
import { dataLimitExceeded, exceeds } from '../data-size.ts';
import { type Flow, settled } from '../flow.ts';
import type { Details } from '../history.ts';
import { fieldFailure, languageOf } from '../languages/index.ts';
import { robustly } from '../retry.ts';
import { StateFailure } from '../state-failure.ts';
import { awaitReply } from '../task-call.ts';
import { type Event, type Settings, type TaskEvents, taskEvents } from '../task-events.ts';
import { goingTo, type Outcome, type Visit } from '../visit.ts';

/** Has its work done by whatever stands for the services; under `TimeoutSeconds` and `HeartbeatSeconds` each attempt anew. */
export function runTask(visit: Visit<Task>): Flow<Outcome> {
  return robustly(visit, () => attempt(visit));
}

function* attempt(visit: Visit<Task>): Flow<Outcome> {
  const { run, branch, state } = visit;
  const { history } = run;
  const language = languageOf(visit);
  const events = taskEvents(state.Resource);
  visit.token = events.hasToken ? tokenFrom(run.random) : undefined;
  const input = language.input(visit);
  const given = yield* settled(language.arguments(visit, input));
  if (exceeds(given, LIMITS.dataBytes)) throw dataLimitExceeded(state.Resource);
  const { timeout, heartbeat } = yield* times(visit, input);
  const roleArn = yield* roleOf(visit, input);
  history.recordKind(branch.trail, events.scheduled, given, { timeout, heartbeat, roleArn, region: run.region });
  let started = false;
  const start = (details?: Details) => {
    if (!started) history.recordKind(branch.trail, events.started, details, undefined);
    started = true;
  };
  let result: Json;
  try {
    const attempted = { resource: state.Resource, given, roleArn, timeout, heartbeat };
    const reply = yield* awaitReply(visit, attempted, {
      handed: () => {
        if (!events.startsLater) start();
      },
      accepted: (answer) => {
        if (events.submits) history.record(branch.trail, ...events.submitted(answer));
      },
      started: (details) => {
        if (events.startsLater) start(details);
      },
    });
    if (events.startsLater) start();
    if (!('result' in reply)) throw new TypeError(`The handler answered the task '${visit.name}' with items to read`);
    result = reply.result;
    if (exceeds(result, LIMITS.dataBytes)) throw dataLimitExceeded(state.Resource, 'States.ALL');
  } catch (failure) {
    if (!(failure instanceof StateFailure)) throw failure;
    const timedOut = failure.error === 'States.Timeout';
    // Nobody took the work of an activity that timed out before.
    if (events.startsLater && !timedOut && failure.phase === undefined) start();
    history.record(branch.trail, ...endOf(events, failure, timedOut));
    throw failure;
  }
  run.probe?.saw('result', result);
  history.recordKind(branch.trail, events.succeeded, result, undefined);
  return yield* settled(goingTo(state.Next, language.shape(visit, input, result)));
}

function endOf(events: TaskEvents, failure: StateFailure, timedOut: boolean): Event {
  if (failure.phase !== undefined) return events.failedTo(failure.phase, failure) ?? events.failed(failure);
  return timedOut ? events.timedOut(failure) : events.failed(failure);
}

const TIMES = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'] as const;
const NO_TIMES = { timeout: undefined, heartbeat: undefined };

/** `TimeoutSeconds` and `HeartbeatSeconds`; what was computed has not been checked before. */
function* times(visit: Visit<Task>, input: Json): Flow<Pick<Settings, 'timeout' | 'heartbeat'>> {
  // Most tasks have neither, and three flows for nothing are a tenth of such a task's time.
  if (!TIMES.some((field) => field in visit.state)) return NO_TIMES;
  const timeout = yield* seconds(visit, input, 'TimeoutSeconds');
  const heartbeat = yield* seconds(visit, input, 'HeartbeatSeconds');
  if (timeout === undefined || heartbeat === undefined || heartbeat < timeout) return { timeout, heartbeat };
  throw fieldFailure(visit, 'HeartbeatSeconds', 'HeartbeatSeconds must be less than TimeoutSeconds.');
}

function* seconds(
  visit: Visit<Task>,
  input: Json,
  name: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Flow<number | undefined> {
  const value = yield* settled(languageOf(visit).field(visit, input, name, 'integer'));
  if (value === undefined || (value as number) >= 1) return value as number | undefined;
  throw fieldFailure(visit, name, `${name} must be positive.`);
}

function tokenFrom(random: () => number): string {
  return Buffer.from(uuidFrom(random)).toString('base64');
}

/** The role that the work is to be done in, where the state names one. */
function* roleOf(visit: Visit<Task>, input: Json): Flow<string | undefined> {
  const { Credentials } = visit.state;
  if (Credentials === undefined) return undefined;
  const given = yield* settled(languageOf(visit).compute(visit, input, Credentials, 'Credentials'));
  const role = isObject(given) ? given.RoleArn : null;
  // Other fields may stand there: the States Language says nothing of them.
  if (role === undefined || typeof role === 'string') return role;
  throw fieldFailure(
    visit,
    'Credentials',
    `The Credentials must be an object whose RoleArn is the ARN of a role: ${JSON.stringify(given)}`,
  );
}
