import { Buffer } from 'node:buffer';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { checkArguments } from '../arguments.ts';
import { positions } from '../json/locate.ts';
import { readJson, type TextFault } from '../json/read.ts';
import { isObject } from '../json/value.ts';
import { check, type ValidateOptions } from './check.ts';
import { draftOf, finished } from './draft.ts';
import { byPlace, type Finding, type Positions, READ_BYTES, sizeFindings } from './finding.ts';
import { MAX_FINDINGS, type Reported } from './rule.ts';
import { jsonOffsets } from './source.ts';

export type { ValidateOptions } from './check.ts';
export type { Finding } from './finding.ts';

/**
 * Checks a state machine's JSON text.
 *
 *     text ─▶ read-json ─▶ machine (one walk) ─▶ every rule ─▶ locate ─▶ findings in the order of the text
 *
 * An `error` is what AWS refuses or what cannot work; what AWS accepts is at most a `warning`. It never throws, whatever the text.
 * @throws Stop if the first argument is no string, or the second has unknown options
 * @example
 * ```ts
 * const [finding] = validate('{ "StartAt": "a", "States": {} }', { express: true });
 * finding?.code;
 * ```
 */
export function validate(text: string, options: ValidateOptions = {}): Finding[] {
  checkArguments(
    { name: 'validate(…): its document', wanted: 'the text of a JSON document', fits: () => typeof text === 'string' },
    {
      name: 'validate(…): its options',
      wanted: 'an object that has no fields but `express` and `filledIn`, each true or false',
      fits: () =>
        isObject(options) &&
        Object.entries(options).every(
          ([name, value]) => ['express', 'filledIn'].includes(name) && ['boolean', 'undefined'].includes(typeof value),
        ),
    },
  );
  const bytes = Buffer.byteLength(text);
  const tooLarge = sizeFindings(bytes);
  if (bytes > READ_BYTES) return tooLarge;
  // A blank takes its look from what is not filled in any more: it is read as AWS reads it.
  const { value, faults } = readJson(options.filledIn ? text.replace(/[$#{](?=\{)|<(?=%)/g, '$& ') : text);
  const position = positions(text);
  const inText = faults.slice(0, MAX_FINDINGS).map((fault) => textFinding(fault, position));
  if (value === undefined) return [...tooLarge, ...inText];
  return [
    ...tooLarge,
    ...[
      ...inText,
      ...place(
        text,
        position,
        check(!options.filledIn && CALLS.test(text) ? draftOf(value) : finished(value), options),
      ),
    ].sort(byPlace),
  ];
}

/** What a function of CloudFormation is called by, in JSON. */
const CALLS = /"(?:Fn::|Ref")/;

function textFinding(fault: TextFault, position: Positions): Finding {
  return { ...faultDiagnostic(fault), path: fault.path ?? '', ...position(fault.offset) };
}

/** The diagnostic of a fault of the text itself. */
export function faultDiagnostic({ key, path = '', detail, template }: TextFault): Diagnostic {
  return key === undefined ? diagnose('ASL001', { detail, template }, { path }) : diagnose('ASL002', { key }, { path });
}

function place(text: string, position: Positions, reported: readonly Reported[]): Finding[] {
  const offsets = jsonOffsets(text, reported);
  return reported.map(({ diagnostic, path }, i) => ({ ...diagnostic, path, ...position(offsets[i]!) }));
}
