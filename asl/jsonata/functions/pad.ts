import { MOST_BYTES, tooMuchMemory } from '../bounds.ts';
import type { DialectFunction } from '../dialect.ts';

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
