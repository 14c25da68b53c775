import type { DialectFunction } from '../dialect.ts';

/** `$base64encode(text)`: of the text in UTF-8. */
export const base64encode: DialectFunction = {
  signature: '<s-:s>',
  call: (_, text?: string) => (text === undefined ? undefined : Buffer.from(text, 'utf8').toString('base64')),
};

/** `$base64decode(text)`: missing padding is forgiven, a character outside the alphabet is not. */
export const base64decode: DialectFunction = {
  signature: '<s-:s>',
  call: (_, text?: string) => {
    if (text === undefined) return undefined;
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text))
      throw new Error('The argument of the base64decode function is not Base64');
    return Buffer.from(text, 'base64').toString('utf8');
  },
};
