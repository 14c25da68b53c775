import { duration } from '../progress/duration.ts';

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
