import { boundedExec, SlowPattern } from '../patterns.ts';
import { timeout } from './bounds.ts';

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
export function matcher(literal: RegExp, position: unknown): (text: string, from?: number) => Match | undefined {
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
