import { lastAtMost } from '../../json/locate.ts';
import { readJson, type TextFault } from '../../json/read.ts';
import { isJsonText, type Json } from '../../json/value.ts';
import { type Part, placeholdersAround, templateAt } from '../../placeholders/index.ts';
import { UNTYPED } from '../draft.ts';
import type { Place } from '../source.ts';

/** A text of JSON that was put together, and where its characters come from. */
export interface Assembled {
  readonly text: string;
  readonly placeOf: (index: number) => Place;
  /** What is wrong with the text, in the words of what it was made from. */
  readonly faults: readonly TextFault[];
  readonly value?: Json;
}

/**
 * The JSON that pieces of a text make. A placeholder that stands where a value does (`"Seconds": ${Wait}`) becomes a
 * value that may be filled in as anything; one within quotes that has quotes of its own is read as a part of its text.
 *
 * @param at where the pieces' places count from: a JSON pointer
 */
export function assemble(parts: readonly Part[], at: string): Assembled {
  const starts: number[] = [];
  let raw = '';
  for (const { text } of parts) {
    starts.push(raw.length);
    raw += text;
  }
  const placeOfRaw = (index: number): Place => {
    const i = lastAtMost(starts, index);
    const part = parts[i]!;
    return part.called ? { path: at + part.at } : { path: at + part.at, within: index - starts[i]! };
  };
  const masked = isJsonText(raw) ? { text: raw, rawOf: (index: number) => index } : mask(raw);
  const { text, rawOf } = masked;
  const { faults, ...read } = readJson(text);
  return {
    text,
    placeOf: (index) => placeOfRaw(rawOf(index)),
    ...read,
    faults: faults.map(({ detail, template, ...fault }) => ({
      ...fault,
      detail: detail.replaceAll(UNTYPED, ''),
      template: template && templateAt(raw, rawOf(fault.offset)),
    })),
  };
}

function mask(raw: string): { readonly text: string; readonly rawOf: (index: number) => number } {
  const madeAt: number[] = [0];
  const rawAt: number[] = [0];
  let text = '';
  let end = 0;
  const mark = (raw: number): void => {
    madeAt.push(text.length);
    rawAt.push(raw);
  };
  for (const { start, end: after, quoted } of placeholdersAround(raw, '"')) {
    const placeholder = raw.slice(start, after);
    // A directive of Terraform, `%{ if x }`, is no value: it decides which there are.
    if (!quoted && placeholder.startsWith('%')) continue;
    text += raw.slice(end, start);
    end = after;
    if (quoted && isPlain(placeholder)) text += placeholder;
    else {
      const literal = JSON.stringify(quoted ? placeholder : UNTYPED + placeholder);
      mark(start);
      text += quoted ? literal.slice(1, -1) : literal;
      mark(after);
    }
  }
  text += raw.slice(end);
  const rawOf = (index: number): number => {
    const i = lastAtMost(madeAt, index);
    const most = rawAt[i + 1] ?? raw.length;
    return Math.min(rawAt[i]! + index - madeAt[i]!, Math.max(rawAt[i]!, most - 1));
  };
  return { text, rawOf };
}

/** Nothing in it ends the text that it stands in. */
function isPlain(placeholder: string): boolean {
  return !/["\\\n]/.test(placeholder);
}
