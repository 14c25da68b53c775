import { listed } from '../../diagnostics/did-you-mean.ts';
import type { Json } from '../json/value.ts';
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

/** The values of the enum that a literal is not one of, or nothing. What is filled in or evaluated later is not looked at. */
export function otherValues(value: Json, type: SdkType): readonly string[] | undefined {
  if (type.kind !== 'text' || type.values === undefined || typeof value !== 'string') return undefined;
  return isLater(value) || MEANT_LATER.test(value) || type.values.includes(value) ? undefined : type.values;
}

/** A path or an expression that is not evaluated where it stands: other rules tell so. */
const MEANT_LATER = /^\s*(?:\$|\{%|States\.)|%\}\s*$/;

/** A placeholder or an expression. */
function isLater(value: string): boolean {
  return value.startsWith('{%') || isFilledLater(value);
}

/**
 * What a literal must be instead, or nothing. `sure` is false where it may be that AWS converts it: a number written as
 * text. What is filled in or evaluated later is not looked at.
 */
export function literalFault(
  value: Json,
  type: SdkType,
): { readonly must: string; readonly sure: boolean } | undefined {
  const json = Array.isArray(value) ? 'array' : typeof value;
  if (value === null || (typeof value === 'string' && isLater(value))) return undefined;
  const { types, words } = WRITTEN[type.kind];
  if (types.includes(json) && !(type.kind === 'integer' && !Number.isInteger(value))) return undefined;
  const converted = json === 'string' && ['integer', 'number', 'boolean'].includes(type.kind);
  const oneOf = type.kind === 'text' && type.values !== undefined ? `one of ${listed(type.values)}` : undefined;
  return { must: oneOf ?? words, sure: !converted };
}
