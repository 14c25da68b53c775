import type { Fail } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { StateFailure } from '../state-failure.ts';
import type { Outcome, Visit } from '../visit.ts';

/** Fails its branch with the error and the cause that it names; both may be missing. */
export function* runFail(visit: Visit<Fail>): Flow<Outcome> {
  const language = languageOf(visit);
  const error = yield* settled(language.field(visit, visit.input, 'Error', 'string'));
  const cause = yield* settled(language.field(visit, visit.input, 'Cause', 'string'));
  throw new StateFailure(error as string | undefined, cause as string | undefined);
}
