import type { JsonObject } from '../json/value.ts';
import type { Catcher, Retrier } from '../language/types.ts';
import { type Flow, settled } from './flow.ts';
import { languageOf } from './languages/index.ts';
import { matches, StateFailure } from './state-failure.ts';
import { sleepUntil } from './states/simple.ts';
import { goingTo, type Outcome, type Visit } from './visit.ts';

interface Robust {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/**
 * Runs the attempts of a state under its `Retry` and its `Catch`. `gaveUp` is told of a failure that is not retried, before it is
 * caught or fails the branch.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function* robustly(
  visit: Visit,
  attempt: () => Flow<Outcome>,
  gaveUp?: (failure: StateFailure) => void,
): Flow<Outcome> {
  const { Retry = [], Catch = [] } = visit.state as Robust;
  const { probe } = visit.run;
  const used = Retry.map(() => probe?.retried ?? 0);
  for (;;) {
    try {
      return yield* attempt();
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const retrier = Retry.findIndex(({ ErrorEquals }) => matches(error, ErrorEquals));
      const delay = nextDelay(visit, Retry, used, retrier);
      if (delay === undefined) {
        if (retrier >= 0) probe?.spent(retrier);
        gaveUp?.(error);
        const at = Catch.findIndex((catcher) => matches(error, catcher.ErrorEquals));
        const catcher = Catch[at];
        if (catcher === undefined) throw error;
        probe?.caught(at, error);
        return yield* settled(goingTo(catcher.Next, languageOf(visit).caught(visit, catcher, at, errorOutput(error))));
      }
      probe?.retry(retrier, delay, error);
      yield* sleepUntil(visit, visit.run.scheduler.clock.now() + delay);
      visit.retryCount++;
    }
  }
}

/** The first retrier that matches counts; when it is used up, no later one is asked. Milliseconds. */
function nextDelay(visit: Visit, retry: readonly Retrier[], used: number[], at: number): number | undefined {
  const retrier = retry[at];
  if (retrier === undefined) return undefined;
  const attempt = used[at] as number;
  if (attempt >= (retrier.MaxAttempts ?? 3)) return undefined;
  used[at] = attempt + 1;
  const growing = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempt;
  const capped = Math.min(growing, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const seconds = retrier.JitterStrategy === 'FULL' ? capped * visit.run.random() : capped;
  return Math.round(seconds * 1000);
}

/**
 * What a Catch sees of a failure: `Error`, and `Cause` where there is one; a timeout's cause is empty. Both are null of one that says
 * nothing, as work may end by a task token.
 */
function errorOutput({ error, cause = error === 'States.Timeout' ? '' : undefined }: StateFailure): JsonObject {
  if (error === undefined) return { Error: null, Cause: cause ?? null };
  return { Error: error, ...(cause !== undefined && { Cause: cause }) };
}
