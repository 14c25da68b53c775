import jsonata from 'jsonata';
import type { DialectFunction } from '../dialect.ts';

const original = jsonata('$formatNumber($value, $picture, $options)');

/** What a picture is made of besides digits, where the options do not name another character. */
const SYMBOLS = {
  'decimal-separator': '.',
  'grouping-separator': ',',
  digit: '#',
  'exponent-separator': 'e',
  'pattern-separator': ';',
  'zero-digit': '0',
};
type Options = { readonly [name in keyof typeof SYMBOLS]?: unknown };

/**
 * `$formatNumber(number, picture, options?)`. JSONata 2.0.6 loses its way in a picture part without a digit or a separator, where the
 * service names the last of the rules that the part breaks.
 * @see https://www.w3.org/TR/xpath-functions-31/#syntax-of-picture-string
 */
export const formatNumber: DialectFunction = {
  signature: '<n-so?:s>',
  call: (_, value: number | undefined, picture: string, options?: Options) => {
    const fault = value === undefined ? undefined : faultOf(picture, { ...SYMBOLS, ...options });
    if (fault !== undefined) throw { code: fault };
    return original.evaluate(undefined, { value, picture, options });
  },
};

function faultOf(picture: string, symbols: Options): string | undefined {
  const { 'pattern-separator': between, 'exponent-separator': exponent, 'zero-digit': zero, ...others } = symbols;
  if (typeof between !== 'string' || typeof exponent !== 'string' || typeof zero !== 'string') return undefined;
  const parts = picture.split(between);
  // JSONata reports too many parts first.
  if (parts.length > 2) return undefined;
  const first = zero.charCodeAt(0);
  const isActive = (char: string) => {
    const digit = char.charCodeAt(0) - first;
    return (digit >= 0 && digit <= 9) || Object.values(others).includes(char);
  };
  const part = parts.find((text) => !text.split('').some(isActive));
  if (part === undefined) return undefined;
  if (part.includes(exponent)) return 'D3093';
  return part === '' ? 'D3085' : 'D3086';
}
