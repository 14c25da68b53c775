import type { Json } from '../json.ts';
import type { SdkType } from '../services/index.ts';
import { isFilledLater } from './filled-later.ts';

/** What JSON a value of an AWS API is written as; several where Step Functions converts. */
const WRITTEN: { readonly [K in SdkType['kind']]: { readonly types: readonly string[]; readonly words: string } } = {
  // An object is handed over as its JSON text, as in the Output of sfn:sendTaskSuccess.
  text: { types: ['string', 'object', 'array'], words: 'text' },
  blob: { types: ['string', 'object', 'array'], words: 'text or an object' },
  integer: { types: ['number'], words: 'a whole number' },
  number: { types: ['number'], words: 'a number' },
  boolean: { types: ['boolean'], words: 'true or false' },
  timestamp: { types: ['string', 'number'], words: 'a timestamp' },
  list: { types: ['array'], words: 'a list' },
  map: { types: ['object'], words: 'an object' },
  structure: { types: ['object'], words: 'an object' },
  any: { types: ['string', 'number', 'boolean', 'object', 'array'], words: 'any JSON' },
};

/**
 * What a literal must be instead, or nothing. `sure` is false where it may be that AWS converts it: a number written as
 * text. What is filled in or evaluated later is not looked at.
 */
export function literalFault(
  value: Json,
  type: SdkType,
): { readonly must: string; readonly sure: boolean } | undefined {
  const json = Array.isArray(value) ? 'array' : typeof value;
  if (value === null || (typeof value === 'string' && (value.startsWith('{%') || isFilledLater(value))))
    return undefined;
  const { types, words } = WRITTEN[type.kind];
  if (types.includes(json) && !(type.kind === 'integer' && !Number.isInteger(value))) return undefined;
  const converted = json === 'string' && ['integer', 'number', 'boolean'].includes(type.kind);
  return { must: words, sure: !converted };
}
