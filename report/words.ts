import type { VisitStatus } from '../asl/history/trace.ts';

/** `0 ms`, `420 ms`, `12.3 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`. */
export function took(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < DAY) return duration(ms);
  return `${Math.floor(ms / DAY)} d ${String(Math.floor((ms % DAY) / 3_600_000)).padStart(2, '0')} h`;
}
const DAY = 86_400_000;

/** `10,000`; the same on every machine. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 visit`, `2 visits`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** `2026-01-01 00:00:05.250 UTC`. */
export function moment(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, -1).replace(/\.000$/, '')} UTC`;
}

/** A text of at most so many characters. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** How a state stands in the picture: as its visits ended, or without any. `elsewhere` is in histories of child executions. */
export type StateStatus = VisitStatus | 'not_reached' | 'elsewhere';

/** Each with its word and its sign: nobody has to tell them apart by colour. In the order in which one hides another. */
export const STATUSES: { readonly [status in StateStatus]: { readonly word: string; readonly sign: string } } = {
  running: { word: 'running', sign: '▸' },
  failed: { word: 'failed', sign: '✕' },
  aborted: { word: 'aborted', sign: '■' },
  caught: { word: 'failed and caught', sign: '!' },
  succeeded: { word: 'succeeded', sign: '✓' },
  elsewhere: { word: 'in child executions', sign: '↗' },
  not_reached: { word: 'not reached', sign: '' },
};

export const ORDER = Object.keys(STATUSES) as StateStatus[];

/** Letters of the graph's fonts, in pixels; wide ones (Chinese, emoji) take two places. */
const LETTER = 7.4;
const SMALL_LETTER = 6.1;
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|\p{Extended_Pictographic}/u;

const places = (text: string) => [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
export const nameWidth = (text: string) => places(text) * LETTER;
export const smallWidth = (text: string) => places(text) * SMALL_LETTER;

/** A name in at most two lines of so many places, broken where words end. */
export function nameLines(name: string, most: number): string[] {
  const [first, rest] = breakAt(name, most);
  return rest === '' ? [first] : [first, cutTo(rest, most)];
}

/** A text of at most so many places. */
export function cutTo(text: string, most: number): string {
  if (places(text) <= most) return text;
  let [kept, taken] = ['', 0];
  for (const letter of text) {
    taken += places(letter);
    if (taken > most - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function breakAt(text: string, most: number): [string, string] {
  if (places(text) <= most) return [text, ''];
  const letters = [...text];
  let [taken, end, last] = [0, letters.length, 0];
  for (const [i, letter] of letters.entries()) {
    taken += places(letter);
    if (taken > most) {
      end = i;
      break;
    }
    if (/[\s_\-:./|]/.test(letter)) last = i + 1;
    else if (i > 0 && /\p{Lu}/u.test(letter) && /\p{Ll}/u.test(letters[i - 1]!)) last = i;
  }
  const at = last > most / 3 ? last : end;
  return [letters.slice(0, at).join('').trimEnd(), letters.slice(at).join('').trimStart()];
}

/** `0.4 s`, `12.3 s`, `3 min 05 s`, `2 h 07 min`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const pad = (n: number) => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** So many characters of a cause are shown. */
const CAUSE = 300;

/** What stands behind an error: its reason, where there is one. Step Functions gives a timeout an empty cause. */
export function behind(cause: string | undefined): string {
  return cause ? `: ${reasonOf(cause)}` : '';
}

/** What a service's description of a failed job says in its own words. */
export function reasonOf(cause: string): string {
  try {
    const job = JSON.parse(cause) as {
      Status?: { FailureDetails?: { Message?: string }; StateChangeReason?: unknown; State?: string };
      ErrorMessage?: string;
      errorMessage?: string;
    };
    const { FailureDetails, StateChangeReason, State } = job.Status ?? {};
    const said =
      FailureDetails?.Message ??
      (typeof StateChangeReason === 'string' ? StateChangeReason : undefined) ??
      job.ErrorMessage ??
      // As a Lambda's runtime writes it.
      job.errorMessage ??
      State;
    return typeof said === 'string' ? oneLine(said) : oneLine(cause);
  } catch {
    return oneLine(cause);
  }
}

export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CAUSE ? `${line.slice(0, CAUSE - 1)}…` : line;
}
