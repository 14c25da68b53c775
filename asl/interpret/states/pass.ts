import type { Json } from '../../json.ts';
import type { Pass } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import type { Outcome, Visit } from '../visit.ts';

/** Hands on its input, or what it makes of it. */
export function* runPass(visit: Visit<Pass>): Flow<Outcome> {
  const language = languageOf(visit);
  const input = language.input(visit);
  const result = yield* resultOf(visit, input);
  const shaped = yield* settled(language.shape(visit, input, result));
  return { ...shaped, next: visit.state.Next };
}

/** JSONPath alone has a result here: `Result` as it stands (null and false too), else what `Parameters` makes of the input. */
function* resultOf(visit: Visit<Pass>, input: Json): Flow<Json | undefined> {
  if (visit.language === 'JSONata') return undefined;
  const { Result } = visit.state;
  return Result === undefined ? yield* settled(languageOf(visit).arguments(visit, input)) : Result;
}
