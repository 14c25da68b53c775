import { Buffer } from 'node:buffer';
import { diagnose } from '../../../diagnostics/index.ts';
import { type Position, positions } from '../../json/locate.ts';
import { valueAt } from '../../json/pointer.ts';
import type { Json } from '../../json/value.ts';
import type { ValidateOptions } from '../check.ts';
import { unmarkedCopy } from '../draft.ts';
import { byPlace, type Finding, type Positions, READ_BYTES, sizeFindings } from '../finding.ts';
import { jsonSource, rawSource, type Source } from '../source.ts';
import { validate } from '../validate.ts';
import { yamlFindings, yamlSource } from '../yaml/validate.ts';
import { checkEmbedded, unfilled } from './check.ts';
import { type Container, type Definition, machineNames, type Substitutions } from './definition.ts';
import { definitionsIn } from './find.ts';
import { terraformCode } from './terraform.ts';

/** `template`: JSON that is made by filling in a text, as Terraform's templatefile does. */
export type Format = 'json' | 'yaml' | 'template' | 'terraform';

export interface DocumentOptions extends ValidateOptions {
  /** Only what this JSON pointer names is looked at. */
  readonly inside?: string;
  /** Another document refers to this one and fills in its placeholders; `fills` is undefined where that cannot be known. */
  readonly named?: { readonly machine: string; readonly fills: Substitutions | undefined };
}

export interface Document {
  readonly findings: readonly Finding[];
  /** The state machines in it; undefined where it is a definition itself. */
  readonly machines?: readonly string[];
  /** Definitions that stand in files of their own. */
  readonly files: readonly NamedFile[];
}

/** A definition in another file, and the place where the file is named. */
export interface NamedFile {
  readonly file: string;
  readonly inside: string;
  /** Where the definition is if there is no such file, and there need be none. */
  readonly otherwise?: string;
  readonly machine: string;
  readonly express: boolean;
  readonly fills: Substitutions | undefined;
  readonly at: Position;
}

/**
 * Checks a definition, or every definition that a document holds. It never throws, whatever the text.
 *
 *     text ─▶ read ─▶ find (which machines, where) ─▶ of each: the object, or the text put together ─▶ every rule
 *
 * @example checkDocument(await readFile('template.yaml', 'utf8'), 'yaml')
 */
export function checkDocument(text: string, format: Format, options: DocumentOptions = {}): Document {
  const bytes = Buffer.byteLength(text);
  if (bytes > READ_BYTES) return { findings: sizeFindings(bytes), files: [] };
  const position = positions(text);
  if (format === 'terraform') return checkContainer(terraformCode(text), rawSource(text), position, options);
  const source = format === 'yaml' ? yamlSource(text) : jsonSource(text);
  // What names a file fills it in as a text: "Seconds": ${Wait} is JSON by then.
  const isTemplate = format === 'template' || (options.named !== undefined && format === 'json');
  if (isTemplate && source.value === undefined) {
    const { findings, files } = checkContainer(wholeText(text, options), rawSource(text), position, options);
    return { findings: findings.map(({ machine: _, ...finding }) => finding), files };
  }
  const value = source.value === undefined ? undefined : plain(source.value);
  const container = value === undefined ? undefined : containerIn(value, options);
  if (container !== undefined) return checkContainer(container, source, position, options);
  const found =
    format === 'yaml'
      ? yamlFindings(source, position, options)
      : validate(text, { ...(options.express && { express: true }) });
  if (options.named === undefined) return { findings: found, files: [] };
  const { fills, machine } = options.named;
  const left =
    value === undefined || fills === undefined ? [] : unfilled([{ value, at: '' }], fills, source, position, machine);
  return { findings: [...withoutFilledIn(found), ...left].sort(byPlace), files: [] };
}

function plain(value: Json): Json {
  try {
    return unmarkedCopy(value);
  } catch {
    return null;
  }
}

/** What a whole file holds that is a template of a definition. */
function wholeText(text: string, { express = false, named }: DocumentOptions): Container {
  const is: Definition = { kind: 'text', parts: [{ text, at: '/0', called: false, substituted: false }] };
  const fills = named?.fills;
  return { what: 'a template', embedded: [{ machine: '', express, at: '', is, ...(fills && { fills }) }] };
}

/** What a document holds, or a part of it; undefined where it is a definition and nothing else. */
function containerIn(value: Json, { inside = '', named, express = false }: DocumentOptions): Container | undefined {
  if (inside === '') return definitionsIn(value);
  const part = valueAt(value, inside);
  if (part === undefined) return { what: 'a file', embedded: [] };
  const container = definitionsIn(part);
  if (container !== undefined)
    return { ...container, embedded: container.embedded.map((one) => ({ ...one, at: inside + one.at })) };
  return { what: 'a file', embedded: [{ machine: named?.machine ?? '', express, at: inside, is: { kind: 'object' } }] };
}

function checkContainer(container: Container, source: Source, position: Positions, options: DocumentOptions): Document {
  const { what, embedded } = container;
  if (embedded.length === 0) {
    const none = diagnose(
      'ASL109',
      { what: options.inside ? `a document without ${options.inside}` : what },
      { path: '' },
    );
    return { findings: [{ ...none, path: '', line: 1, column: 1 }], machines: [], files: [] };
  }
  const findings: Finding[] = [];
  const files: NamedFile[] = [];
  for (const one of embedded) {
    const checked = { ...one, express: one.express || options.express === true };
    findings.push(...checkEmbedded(checked, source, position));
    if (one.is.kind !== 'file') continue;
    const at = position(source.offsets([{ path: one.at }])[0]!);
    files.push({ ...one.is, machine: one.machine, express: checked.express, fills: one.fills, at });
  }
  return { findings: withoutFilledIn(findings).sort(byPlace), machines: machineNames(container), files };
}

/** A placeholder in a Resource is not reported where it is known what fills it in. */
function withoutFilledIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => code !== 'ASL088');
}
