import type { Diagnostic } from '../../diagnostics/index.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { LIMITS } from '../limits.ts';
import { locate, positions } from './locate.ts';
import { indexMachine, isObject } from './machine.ts';
import { readJson, type TextFault } from './read-json.ts';
import { MAX_FINDINGS, type Reported, Reports } from './report.ts';
import { RULES } from './rules/index.ts';

/** One thing the validator says of a document, with its place: a JSON pointer, and line and column counted from 1. */
export type Finding = Diagnostic & { readonly path: string; readonly line: number; readonly column: number };

export interface ValidateOptions {
  /** The machine is meant for an Express workflow, which cannot do all that a Standard one can. */
  readonly express?: boolean;
}

/** Nothing of this size is a definition with a small fault, and reading it would only take memory. */
const READ_BYTES = 8 * LIMITS.definitionBytes;

/**
 * Checks a state machine's JSON text.
 *
 *     text ─▶ read-json ─▶ machine (one walk) ─▶ every rule ─▶ locate ─▶ findings in the order of the text
 *
 * An `error` is what AWS refuses or what cannot work; what AWS accepts is at most a `warning`. It never throws, whatever
 * the text.
 */
export function validate(text: string, options: ValidateOptions = {}): Finding[] {
  const bytes = Buffer.byteLength(text);
  const tooLarge =
    bytes > LIMITS.definitionBytes
      ? [{ ...diagnose('ASL003', { bytes, most: LIMITS.definitionBytes }, { path: '' }), path: '', line: 1, column: 1 }]
      : [];
  if (bytes > READ_BYTES) return tooLarge;
  const { value, faults } = readJson(text);
  const position = positions(text);
  const inText = faults.slice(0, MAX_FINDINGS).map((fault) => textFinding(fault, position));
  if (value === undefined) return [...tooLarge, ...inText];
  const reports = new Reports();
  if (!isObject(value)) reports.report('ASL005', {}, '');
  else {
    const machine = indexMachine(value);
    for (const rule of RULES) rule.check(machine, reports.report, { express: options.express === true });
  }
  return [...tooLarge, ...[...inText, ...place(text, position, reports.finish())].sort(byPlace)];
}

type Positions = ReturnType<typeof positions>;

function byPlace(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

function textFinding(fault: TextFault, position: Positions): Finding {
  const path = fault.path ?? '';
  const diagnostic =
    fault.key === undefined
      ? diagnose('ASL001', { detail: fault.detail }, { path })
      : diagnose('ASL002', { key: fault.key }, { path });
  return { ...diagnostic, path, ...position(fault.offset) };
}

function place(text: string, position: Positions, reported: readonly Reported[]): Finding[] {
  if (reported.length === 0) return [];
  const offsets = locate(
    text,
    reported.map(({ path }) => path),
  );
  return reported.map(({ diagnostic, path, onKey, within }) => {
    const { key, value, container } = offsets.get(path)!;
    const offset = onKey || container ? key : within === undefined ? value : value + rawLength(text, value, within);
    return { ...diagnostic, path, ...position(offset) };
  });
}

/** How far into the raw string literal at `start` its `index`th character stands: an escape is longer than what it means. */
function rawLength(text: string, start: number, index: number): number {
  let raw = start + 1;
  for (let i = 0; i < index && text[raw] !== '"'; i++) raw += text[raw] !== '\\' ? 1 : text[raw + 1] === 'u' ? 6 : 2;
  return raw - start;
}
