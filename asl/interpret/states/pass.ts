import type { Pass } from '../../types.ts';
import type { Flow } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import type { Outcome, Visit } from '../visit.ts';

/** Hands on its input, or what it makes of it. */
export function* runPass(visit: Visit<Pass>): Flow<Outcome> {
  const language = languageOf(visit);
  const input = language.input(visit);
  // JSONPath alone has a result here: `Result`, else what `Parameters` makes.
  const result =
    visit.language === 'JSONata' ? undefined : (visit.state.Result ?? (yield* language.arguments(visit, input)));
  const shaped = yield* language.shape(visit, input, result);
  return { ...shaped, next: visit.state.Next };
}
