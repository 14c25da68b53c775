import type { Choice } from '../../language/types.ts';
import { type Later, then } from '../flow.ts';
import { languageOf } from '../languages/index.ts';
import { StateFailure } from '../state-failure.ts';
import { inState, type Outcome, type Visit } from '../visit.ts';

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
