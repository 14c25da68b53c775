import type { Fail, Succeed } from '../../language/types.ts';
import { type Later, then } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { StateFailure } from '../state-failure.ts';
import { goingTo, type Outcome, type Visit } from '../visit.ts';

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
