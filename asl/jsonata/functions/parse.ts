import type { DialectFunction } from '../dialect.ts';
import { parseJson } from './parse-json.ts';

/** `$parse(text)`: the JSON value that the text holds. */
export const parse: DialectFunction = {
  signature: '<s-:x>',
  call: (_, text?: string) => (text === undefined ? undefined : parseJson(text)),
};
