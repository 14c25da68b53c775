import { Buffer } from 'node:buffer';
import { diagnose } from '../../../diagnostics/index.ts';
import { valueAt } from '../../json/pointer.ts';
import { check } from '../check.ts';
import { draftOf } from '../draft.ts';
import { type Finding, type Positions, sizeFindings } from '../finding.ts';
import { MAX_FINDINGS } from '../report.ts';
import { jsonOffsets, type Source } from '../source.ts';
import { faultDiagnostic } from '../validate.ts';
import { ambiguousFindings } from '../yaml-versions.ts';
import { assemble } from './assemble.ts';
import type { Held } from './held.ts';
import { unfilled } from './unfilled.ts';

/** What is said of one definition that stands in a document, at its places there. */
export function checkHeld(held: Held, source: Source, position: Positions): Finding[] {
  const { machine, is, at } = held;
  const here = (diagnostic: ReturnType<typeof diagnose>): Finding[] => [
    { ...diagnostic, path: '', machine, ...startOf(at, source, position) },
  ];
  switch (is.kind) {
    case 'elsewhere':
      return here(diagnose('ASL106', { machine, where: is.what }, { path: '' }));
    case 'expression':
      return here(diagnose('ASL110', { machine, expression: is.expression }, { path: '' }));
    case 'wrong':
      return here(diagnose('ASL108', { machine, detail: is.detail, remedy: is.remedy }, { path: '' }));
    case 'file':
      return [];
    case 'object':
      return checkObject(held, source, position);
    case 'text':
      return checkText(held, is.parts, source, position);
  }
}

function checkObject(held: Held, source: Source, position: Positions): Finding[] {
  const { machine, express, at, fills } = held;
  const value = valueAt(source.value!, at)!;
  // Copied: YAML's aliases have one value in several places, and a draft is changed where it stands.
  const draft = draftOf(structuredClone(value));
  const reported = check(draft, { express });
  const offsets = source.offsets(reported.map((one) => ({ ...one, path: at + one.path })));
  const faults = source.faults.filter((fault) => fault.key !== undefined && source.holds(at, fault));
  const size = Buffer.byteLength(JSON.stringify(draft.value));
  const ambiguous = (source.ambiguous ?? []).filter((one) => source.holds(at, one));
  const found = [
    ...tooLarge(size, held, source, position),
    ...faults.map(
      (fault): Finding => ({
        ...diagnose('ASL002', { key: fault.key! }, { path: '' }),
        path: (fault.path ?? '').slice(at.length),
        machine,
        ...position(fault.offset),
      }),
    ),
    ...reported.map(({ diagnostic, path }, i): Finding => ({ ...diagnostic, path, machine, ...position(offsets[i]!) })),
    ...(fills === undefined ? [] : unfilled([{ value, at }], fills, source, position, machine)),
  ];
  return [...found, ...ambiguousFindings(ambiguous, position, found).map((finding) => ({ ...finding, machine }))];
}

function tooLarge(bytes: number, { machine, at }: Held, source: Source, position: Positions): Finding[] {
  return sizeFindings(bytes).map((finding) => ({ ...finding, machine, ...startOf(at, source, position) }));
}

function startOf(at: string, source: Source, position: Positions): ReturnType<Positions> {
  return position(source.offsets([{ path: at }])[0]!);
}

type Parts = Extract<Held['is'], { kind: 'text' }>['parts'];

function checkText(held: Held, parts: Parts, source: Source, position: Positions): Finding[] {
  const { machine, express, at, fills } = held;
  const { text, placeOf, value, faults } = assemble(parts, at);
  const reported = value === undefined ? [] : check(draftOf(value), { express });
  const inText = faults.slice(0, MAX_FINDINGS);
  const indexes = [...inText.map(({ offset }) => offset), ...jsonOffsets(text, reported)];
  const offsets = source.offsets(indexes.map(placeOf));
  const said = [
    ...inText.map((fault) => ({ diagnostic: faultDiagnostic(fault), path: fault.path ?? '' })),
    ...reported,
  ];
  return [
    ...tooLarge(Buffer.byteLength(text), held, source, position),
    ...said.map(({ diagnostic, path }, i): Finding => ({ ...diagnostic, path, machine, ...position(offsets[i]!) })),
    ...(fills === undefined || parts.some(({ substituted }) => substituted)
      ? []
      : unfilled(
          parts.filter(({ called }) => !called).map((part) => ({ value: part.text, at: at + part.at })),
          fills,
          source,
          position,
          machine,
        )),
  ];
}
