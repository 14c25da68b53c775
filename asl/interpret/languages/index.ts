import type { QueryLanguage } from '../../types.ts';
import { JSON_PATH } from './json-path.ts';
import { JSONATA } from './jsonata.ts';
import type { Language } from './language.ts';

export type { Language } from './language.ts';

const LANGUAGES = { JSONata: JSONATA, JSONPath: JSON_PATH } satisfies Record<QueryLanguage, Language>;

export function languageOf(visit: { readonly language: QueryLanguage }): Language {
  return LANGUAGES[visit.language];
}
