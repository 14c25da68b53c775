import { createContext, Script } from 'node:vm';

/** Milliseconds that one match may take: the service gives a whole expression a second. */
const MOST_MILLISECONDS = 1000;
/** Texts of at most so many characters are matched at once whatever the pattern, … */
const SHORT = 16;
/** … and of so many where it repeats one thing alone, and no group. */
const LONG = 2000;

let sandbox: { pattern: RegExp | undefined; text: string } | undefined;
let script: Script | undefined;

/** A pattern took too long on a text. */
export class SlowPattern extends Error {}

/**
 * `pattern.exec(text)`, bounded in time, since some patterns take for ever on some texts (`/(a+)+$/`). Node can interrupt a match only
 * in a script that it runs with a timeout, which takes 50 µs: matches that are certain to be quick are made without it.
 */
export function boundedExec(pattern: RegExp, text: string): RegExpExecArray | null {
  if (text.length <= quickLength(pattern.source)) return pattern.exec(text);
  sandbox ??= createContext({ pattern: undefined, text: '' }) as typeof sandbox & object;
  script ??= new Script('pattern.exec(text)');
  sandbox.pattern = pattern;
  sandbox.text = text;
  try {
    return script.runInContext(sandbox, { timeout: MOST_MILLISECONDS }) as RegExpExecArray | null;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new SlowPattern(`The pattern ${pattern} takes too long on a text of ${text.length} characters`);
  } finally {
    sandbox.pattern = undefined;
    sandbox.text = '';
  }
}

function quickLength(source: string): number {
  const repetitions = source.match(/[*+{?]/g)?.length ?? 0;
  if (repetitions === 0) return Number.POSITIVE_INFINITY;
  return repetitions === 1 && !source.includes('(') ? LONG : SHORT;
}

/** Where a text is read piece by piece: what a sticky pattern matches at a position, or undefined. Its length is how far it reaches. */
export function takeAt(text: string, at: number, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
