import type { Json } from '../../json/value.ts';
import type { Pass } from '../../language/types.ts';
import { type Later, then } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { goingTo, type Outcome, type Visit } from '../visit.ts';

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
