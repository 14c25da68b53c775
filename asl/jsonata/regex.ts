import { boundedExec, SlowPattern } from '../patterns.ts';
import { timeout } from './bounds.ts';

/** Blank, tab, newline, vertical tab, form feed, return: what `\s` is in the service's regular expressions. */
const ASCII_SPACE = ' \\t\\n\\x0B\\f\\r';
/** All others, as they stand within a class. */
const NO_ASCII_SPACE = '\\x00-\\x08\\x0E-\\x1F!-\\uFFFF';

/** A match as JSONata's functions on regular expressions know it. */
interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
  /** The match after this one. */
  next(): Match | undefined;
}

/** What JSONata makes of a regular expression, a function that finds the first match from a place, but bounded in time. */
export function matcher(regex: RegExp, position: unknown): (text: string, from?: number) => Match | undefined {
  const literal = asciiSpace(regex);
  return function find(text, from = 0) {
    const pattern = new RegExp(literal);
    pattern.lastIndex = from;
    const found = exec(pattern, text);
    if (found === null) return undefined;
    const [match, ...groups] = found;
    const after = pattern.lastIndex;
    return {
      match,
      start: found.index,
      end: found.index + match.length,
      groups,
      next() {
        if (after >= text.length) return undefined;
        const following = find(text, after);
        // An empty match would never progress.
        if (following?.match === '') {
          throw Object.assign(new Error(), { code: 'D1004', position, value: literal.source });
        }
        return following;
      },
    };
  };
}

function exec(pattern: RegExp, text: string): RegExpExecArray | null {
  try {
    return boundedExec(pattern, text);
  } catch (error) {
    throw error instanceof SlowPattern ? timeout() : error;
  }
}

/** The same expression with `\s` and `\S` as the service has them. */
function asciiSpace(pattern: RegExp): RegExp {
  let inClass = false;
  const source = pattern.source.replace(/\\[\s\S]|\[\^?|\]/g, (token) => {
    if (token === '\\s') return inClass ? ASCII_SPACE : `[${ASCII_SPACE}]`;
    if (token === '\\S') return inClass ? NO_ASCII_SPACE : `[^${ASCII_SPACE}]`;
    if (token.startsWith('[')) inClass = true;
    if (token === ']') inClass = false;
    return token;
  });
  return source === pattern.source ? pattern : new RegExp(source, pattern.flags);
}
