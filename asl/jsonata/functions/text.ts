import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { MOST_BYTES, tooMuchMemory } from '../bounds.ts';
import type { DialectFunction } from '../dialect.ts';

/**
 * `$substring(text, start, length?)`: counts code points, but a negative start counts UTF-16 units from the end; one before the
 * beginning is the beginning.
 */
export const substring: DialectFunction = {
  signature: '<s-nn?:s>',
  call: (_, text: string | undefined, from: number, length?: number) => {
    if (text === undefined) return undefined;
    const start = Math.trunc(from);
    const rest = start < 0 ? [...text.slice(Math.max(0, text.length + start))] : [...text].slice(start);
    return rest.slice(0, length === undefined ? rest.length : Math.max(0, Math.trunc(length))).join('');
  },
};

/** `$pad(text, width, fill?)`; the width is cut to an integer. Characters are counted as code points. */
export const pad: DialectFunction = {
  signature: '<s-ns?:s>',
  call: (_, text: string | undefined, width: number, fill = ' ') => {
    if (text === undefined) return undefined;
    const wanted = Math.trunc(width);
    if (Math.abs(wanted) > MOST_BYTES) throw tooMuchMemory();
    const missing = Math.abs(wanted) - [...text].length;
    if (missing <= 0) return text;
    const whole = fill === '' ? ' ' : fill;
    const characters = [...whole];
    const rest = characters.slice(0, missing % characters.length).join('');
    const padding = whole.repeat(Math.floor(missing / characters.length)) + rest;
    return wanted > 0 ? text + padding : padding + text;
  },
};

const original = jsonata('$replace($text, $pattern, $replacement, $limit)');

/** `$replace(text, pattern, replacement, limit?)`; the limit is cut to an integer. */
export const replace: DialectFunction = {
  signature: '<s-(sf)(sf)n?:s>',
  call: (_, text: string | undefined, pattern: unknown, replacement: unknown, limit?: number) =>
    original.evaluate(undefined, {
      text,
      pattern,
      replacement,
      limit: limit === undefined ? undefined : Math.trunc(limit),
    }),
};

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

/** `$decodeUrlComponent(text)`: `+` is a blank, broken UTF-8 becomes U+FFFD, a malformed escape fails. */
export const decodeUrlComponent: DialectFunction = {
  signature: '<s-:s>',
  call: (_, text?: string) => {
    if (text === undefined) return undefined;
    if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
      throw Object.assign(new Error(), { code: 'D3140', functionName: 'decodeUrlComponent', value: text });
    }
    return text
      .replaceAll('+', ' ')
      .replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
  },
};

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
