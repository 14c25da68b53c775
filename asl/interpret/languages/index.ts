export type { Language } from './language.ts';

import type { QueryLanguage } from '../../language/types.ts';
import { StateFailure } from '../state-failure.ts';
import { inState, type Visit } from '../visit.ts';
import { JSON_PATH } from './json-path.ts';
import { failed, JSONATA } from './jsonata.ts';
import type { Language } from './language.ts';

const LANGUAGES = { JSONata: JSONATA, JSONPath: JSON_PATH } satisfies Record<QueryLanguage, Language>;

export function languageOf(visit: { readonly language: QueryLanguage }): Language {
  return LANGUAGES[visit.language];
}

/** The failure of a state one of whose fields has a value that it must not have. */
export function fieldFailure(visit: Visit, field: string, text: string): StateFailure {
  return visit.language === 'JSONata'
    ? failed(visit, field, text)
    : new StateFailure('States.Runtime', inState(visit, text));
}
