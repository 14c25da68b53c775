import { createHash } from 'node:crypto';
import type { DialectFunction } from '../dialect.ts';

/** The algorithms of `$hash` and `States.Hash`, by the service's names. */
export const HASH_ALGORITHMS: { readonly [name: string]: string } = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `$hash(text, algorithm)`: lower-case hexadecimal digits of the hash of the text in UTF-8. */
export const hash: DialectFunction = {
  signature: '<ss:s>',
  call: (_, text: string | undefined, algorithm: string) => {
    if (text === undefined) return undefined;
    const name = HASH_ALGORITHMS[algorithm];
    if (name === undefined) {
      throw new Error(`Unknown hash algorithm "${algorithm}": one of ${Object.keys(HASH_ALGORITHMS).join(', ')}`);
    }
    return createHash(name).update(text, 'utf8').digest('hex');
  },
};
