import type { DialectFunction } from '../dialect.ts';

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
