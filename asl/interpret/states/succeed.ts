import type { Succeed } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import type { Outcome, Visit } from '../visit.ts';

/** Ends its branch. */
export function* runSucceed(visit: Visit<Succeed>): Flow<Outcome> {
  const language = languageOf(visit);
  const shaped = yield* settled(language.shape(visit, language.input(visit), undefined));
  return { ...shaped, next: undefined };
}
