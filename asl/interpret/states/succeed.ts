import type { Succeed } from '../../types.ts';
import type { Later } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { goingTo, type Outcome, type Visit } from '../visit.ts';

/** Ends its branch. */
export function runSucceed(visit: Visit<Succeed>): Later<Outcome> {
  const language = languageOf(visit);
  return goingTo(undefined, language.shape(visit, language.input(visit), undefined));
}
