import { StateFailure } from '../state-failure.ts';
import { inState, type Visit } from '../visit.ts';
import { JSONATA } from './jsonata.ts';
import type { Language } from './language.ts';

export type { Language, Shaped } from './language.ts';

export function languageOf(visit: Visit): Language {
  if (visit.language === 'JSONata') return JSONATA;
  throw new StateFailure('States.Runtime', inState(visit, 'Its query language is not JSONata.'));
}
