import { opaqueOf } from '../opaque.ts';
import { describeTarget, targetOf } from '../reference.ts';
import type { AnyTask } from '../task.ts';
import { handleInfo } from '../task.ts';
import { splitTokens } from '../token.ts';

/** Characters of a text that a message shows. */
const LONGEST = 60;

/** A value that the user gave, described for a message: `"every day"`, `-1`, `a list`, `a Date`. Never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return textShown(value);
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    const target = targetOf(value);
    if (target) return `the reference ${describeTarget(target)}`;
    const placing = handleInfo(value);
    if (placing) return `the ${placing.kind} "${(value as AnyTask).id}"`;
    const handed = opaqueOf(value);
    if (handed && !handed.isWhole) return handed.what.replace(/^The /, 'the ');
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
    const name = (Object.getPrototypeOf(value) as object | null)?.constructor?.name;
    return name === undefined || name === 'Object' || name === '' ? 'an object' : `${article(name)} ${name}`;
  } catch {
    return 'an object that cannot be read';
  }
}

/** As JSON has it, references as `…`. */
function textShown(text: string): string {
  const plain = splitTokens(text)
    .map((piece) => ('text' in piece ? piece.text : '…'))
    .join('');
  const short = plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
  return JSON.stringify(short);
}

function article(word: string): string {
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
}
