import { Buffer } from 'node:buffer';
import { diagnose } from '../../../diagnostics/index.ts';
import { token, valueAt } from '../../json/pointer.ts';
import type { Json } from '../../json/value.ts';
import { callOf } from '../../placeholders/index.ts';
import { check } from '../check.ts';
import { draftOf, unmarked } from '../draft.ts';
import { type Finding, type Positions, sizeFindings } from '../finding.ts';
import { MAX_FINDINGS } from '../rule.ts';
import { jsonOffsets, type Place, type Source } from '../source.ts';
import { faultDiagnostic } from '../validate.ts';
import { ambiguousFindings } from '../yaml/read.ts';
import { assemble } from './assemble.ts';
import type { Embedded, Substitutions } from './definition.ts';

/** The findings of one definition within a document, at their places in the document. */
export function checkEmbedded(embedded: Embedded, source: Source, position: Positions): Finding[] {
  const { machine, is, at } = embedded;
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
      return checkObject(embedded, source, position);
    case 'text':
      return checkText(embedded, is.parts, source, position);
  }
}

function checkObject(embedded: Embedded, source: Source, position: Positions): Finding[] {
  const { machine, express, at, fills } = embedded;
  const value = valueAt(source.value!, at)!;
  // Copied: YAML's aliases have one value in several places, and a draft is changed where it stands.
  const draft = draftOf(structuredClone(value));
  const reported = check(draft, { express });
  const offsets = source.offsets(reported.map((one) => ({ ...one, path: at + one.path })));
  const faults = source.faults.filter((fault) => fault.key !== undefined && source.holds(at, fault));
  const size = Buffer.byteLength(JSON.stringify(draft.value));
  const ambiguous = (source.ambiguous ?? []).filter((one) => source.holds(at, one));
  const found = [
    ...tooLarge(size, embedded, source, position),
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

function tooLarge(bytes: number, { machine, at }: Embedded, source: Source, position: Positions): Finding[] {
  return sizeFindings(bytes).map((finding) => ({ ...finding, machine, ...startOf(at, source, position) }));
}

function startOf(at: string, source: Source, position: Positions): ReturnType<Positions> {
  return position(source.offsets([{ path: at }])[0]!);
}

type Parts = Extract<Embedded['is'], { kind: 'text' }>['parts'];

function checkText(embedded: Embedded, parts: Parts, source: Source, position: Positions): Finding[] {
  const { machine, express, at, fills } = embedded;
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
    ...tooLarge(Buffer.byteLength(text), embedded, source, position),
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

/** A name as DefinitionSubstitutions and Fn::Sub take it; whatever else stands in `${…}` is another tool's, or a text. */
const NAME = /\$\{([A-Za-z0-9_]+(?:(?:\.|::)[A-Za-z0-9_]+)*)\}/g;

/** Reports each `${name}` in a definition that no substitution fills in, once, at its first place. */
export function unfilled(
  values: readonly { readonly value: Json; readonly at: string }[],
  { names }: Substitutions,
  source: Source,
  position: Positions,
  machine?: string,
): Finding[] {
  const found = new Map<string, Place>();
  for (const { text, at } of values.flatMap(({ value, at }) => texts(value, at)))
    for (const { 1: name, index } of text.matchAll(NAME))
      if (!names.includes(name!) && !found.has(name!)) found.set(name!, { path: at, within: index });
  const offsets = source.offsets([...found.values()]);
  return [...found].map(([name, { path }], i) => ({
    ...diagnose('ASL107', { name, names }, { path }),
    // Pieces of a text have no path within the definition.
    path: values.length === 1 ? path.slice(values[0]!.at.length) : '',
    ...(machine !== undefined && { machine }),
    ...position(offsets[i]!),
  }));
}

/** The texts of a value; those that functions of CloudFormation are called with are filled in by these. */
function texts(root: Json, at: string): { readonly text: string; readonly at: string }[] {
  const all: { text: string; at: string }[] = [];
  const pending = [{ value: root, at }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, at: here } = next;
    if (typeof value === 'string') all.push({ text: unmarked(value), at: here });
    else if (typeof value === 'object' && value !== null && callOf(value) === undefined)
      for (const [key, member] of Object.entries(value).reverse())
        pending.push({ value: member as Json, at: `${here}/${token(key)}` });
  }
  return all;
}
