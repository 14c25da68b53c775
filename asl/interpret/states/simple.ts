import type { Json } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import type { Choice, Fail, Pass, Succeed, Wait } from '../../language/types.ts';
import { parseTimestamp } from '../clocks.ts';
import { type Flow, type Later, PARK, settled, then } from '../flow.ts';
import { fieldFailure, languageOf } from '../languages/index.ts';
import { StateFailure } from '../state-failure.ts';
import { goingTo, inState, type Outcome, type Visit } from '../visit.ts';

// The states that call nothing and hold no other states: Pass, Choice, Succeed, Fail and Wait.

/** Hands on its input, or what it makes of it. */
export function runPass(visit: Visit<Pass>): Later<Outcome> {
  const language = languageOf(visit);
  const input = language.input(visit);
  return then(resultOf(visit, input), (result) => goingTo(visit.state.Next, language.shape(visit, input, result)));
}

/** JSONPath alone has a result here: `Result` as it stands (null and false too), else what `Parameters` makes of the input. */
function resultOf(visit: Visit<Pass>, input: Json): Later<Json | undefined> {
  if (visit.language === 'JSONata') return undefined;
  const { Result } = visit.state;
  if (Result === undefined) return languageOf(visit).arguments(visit, input);
  visit.run.probe?.saw('result', Result);
  return Result;
}

/** Goes on where the first of its rules that holds says, else to its `Default`. */
export function runChoice(visit: Visit<Choice>): Later<Outcome> {
  const language = languageOf(visit);
  return then(language.choose(visit, language.input(visit)), (outcome) => {
    if (outcome !== undefined) return outcome;
    throw new StateFailure(
      'States.NoChoiceMatched',
      inState(visit, 'Failed to transition out of the state. The state does not point to a next state.'),
    );
  });
}

/** Ends its branch. */
export function runSucceed(visit: Visit<Succeed>): Later<Outcome> {
  const language = languageOf(visit);
  return goingTo(undefined, language.shape(visit, language.input(visit), undefined));
}

/** Fails its branch with the error and the cause that it names; both may be missing. */
export function runFail(visit: Visit<Fail>): Later<Outcome> {
  const language = languageOf(visit);
  return then(language.field(visit, visit.input, 'Error', 'string'), (error) =>
    then(language.field(visit, visit.input, 'Cause', 'string'), (cause) => {
      throw new StateFailure(error as string | undefined, cause as string | undefined);
    }),
  );
}

/** Waits for some seconds, or until a moment; one that is past is no wait. */
export function* runWait(visit: Visit<Wait>): Flow<Outcome> {
  const language = languageOf(visit);
  const input = language.input(visit);
  const until = yield* wakeTime(visit, input);
  yield* sleepUntil(visit, until);
  return yield* settled(goingTo(visit.state.Next, language.shape(visit, input, undefined)));
}

function* wakeTime(visit: Visit<Wait>, input: Visit['input']): Flow<number> {
  const language = languageOf(visit);
  const now = visit.run.scheduler.clock.now();
  const seconds = yield* settled(language.field(visit, input, 'Seconds', 'integer'));
  if (seconds !== undefined) {
    if ((seconds as number) < 0) throw fieldFailure(visit, 'Seconds', negativeSeconds(visit, seconds));
    if ((seconds as number) > LIMITS.waitSeconds) throw tooLong(visit);
    return now + (seconds as number) * 1000;
  }
  const text = (yield* settled(language.field(visit, input, 'Timestamp', 'string'))) as string;
  const at = parseTimestamp(text);
  if (at === undefined) throw fieldFailure(visit, 'Timestamp', invalidTimestamp(visit, text));
  if (at - now > LIMITS.waitSeconds * 1000) throw tooLong(visit);
  return at;
}

function negativeSeconds(visit: Visit<Wait>, seconds: Json): string {
  const { SecondsPath } = visit.state;
  return SecondsPath === undefined
    ? `The Seconds field must not be negative: ${seconds}`
    : `The SecondsPath parameter references a negative value: ${SecondsPath} == ${seconds}`;
}

function invalidTimestamp(visit: Visit<Wait>, text: string): string {
  const { TimestampPath } = visit.state;
  return TimestampPath === undefined
    ? `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`
    : `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${TimestampPath} == ${text}`;
}

function tooLong(visit: Visit): StateFailure {
  return new StateFailure('States.Runtime', inState(visit, 'Wait state delay is too long.'));
}

/** Parks the branch until the clock has reached a time. */
export function* sleepUntil(visit: Visit, at: number): Flow<void> {
  const { scheduler } = visit.run;
  if (at <= scheduler.clock.now()) return;
  const me = scheduler.current;
  const timer = scheduler.at(at, () => scheduler.wake(me));
  try {
    yield PARK;
  } finally {
    timer.cancelled = true;
  }
}
