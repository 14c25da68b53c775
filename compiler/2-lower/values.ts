import {
  type DagModel,
  DEEPEST,
  describeMaybe,
  describeTarget,
  expressionText,
  foreignTexts,
  isMaybe,
  isPathName,
  keptTarget,
  markUsed,
  messageOf,
  opaqueOf,
  plainQuotesIn,
  planWidthLimit,
  readInQuotes,
  splitTokens,
  type Target,
  targetOf,
  targetsIn,
  unsendable,
  variableInQuotes,
} from '../../authoring/internal.ts';
import { type Diagnostic, diagnose, Stop, secretKind } from '../../diagnostics/index.ts';

/** What stands in the values that a task is given. */
export interface Found {
  readonly reads: Target[];
  /** Those of them that require their value: nothing replaces it where it is missing. */
  readonly bare: Target[];
  readonly faults: Diagnostic[];
  /** The texts in which something is wrong. */
  readonly wrong: Set<string>;
}

const PATH_NAME =
  'Leave `.$` out of the name, and give a reference, `dag.params.x`, `task.output.X`, or `expr(() => …)` for the value.';

/** What to write for what a text in plain quotes has in `${…}`; undefined where it is nobody's name. */
export type PlainNames = (inner: string) => string | undefined;

/**
 * Finds the references in a value and everything in it that cannot stand in a machine.
 * @param told texts whose faults have been reported already
 */
export function walkValues(
  value: unknown,
  where: string,
  at: Parameters<typeof diagnose>[2],
  names: PlainNames = () => undefined,
  told: ReadonlySet<string> = new Set(),
): Found {
  const found: Found = { reads: [], bare: [], faults: [], wrong: new Set() };
  const seen = new Set<object>();
  const fault = (wrong: string, place: string): void => {
    found.faults.push(diagnose('DAG015', { where: place, value: wrong }, at));
  };

  const read = (target: Target): void => {
    const inner = targetsIn(target);
    found.reads.push(...inner.map(keptTarget));
    found.bare.push(...inner.filter(({ maybe }) => !maybe));
  };
  const broken = (place: string, string: string): void => {
    const fault = diagnose('DAG013', { where: place, text: shown(string) }, at);
    if (!found.faults.some(({ message }) => message === fault.message)) found.faults.push(fault);
  };

  /** What is written as Airflow or a template literal would have it, and that nobody fills in. */
  const foreign = (string: string, place: string): void => {
    // What is verbatim keeps its marks, and is none of it.
    const plain = string.replaceAll(/\uFDD0[^\uFDD1]*\uFDD1/g, '…');
    found.faults.push(...foreignTexts(string, place, at ?? {}));
    const [lost] = /\[object \w+\]|\bundefined\b|\bNaN\b/.exec(plain) ?? [];
    if (lost !== undefined) found.faults.push(diagnose('DAG164', { where: place, text: lost }, at));
    for (const one of plainQuotesIn(plain, names)) found.faults.push(diagnose('DAG075', { where: place, ...one }, at));
  };

  const text = (string: string, place: string): void => {
    const secret = secretKind(string);
    if (secret !== undefined) found.faults.push(diagnose('DAG191', { where: place, kind: secret }, at));
    if (isHarmless(string)) return;
    const before = found.faults.length;
    found.faults.push(...unsendable(string, place, at));
    foreign(string, place);
    for (const piece of splitTokens(string)) {
      if ('target' in piece) read(piece.target);
      else if ('broken' in piece) broken(place, string);
    }
    if (told.has(string)) found.faults.length = before;
    else if (found.faults.length > before) found.wrong.add(string);
  };

  const name = (key: string, place: string): void => {
    found.faults.push(...unsendable(key, `A field’s name in ${place}`, at));
    foreign(key, `A field’s name in ${place}`);
    if (isPathName(key))
      found.faults.push(diagnose('DAG155', { where: place, text: `the field "${key}"`, instead: PATH_NAME }, at));
    for (const piece of splitTokens(key)) {
      if ('target' in piece)
        found.faults.push(diagnose('DAG014', { where: place, reference: describeTarget(piece.target) }, at));
      else if ('broken' in piece) broken(`A field's name in ${place}`, key);
    }
  };

  const walk = (v: unknown, place: string): void => {
    if (seen.size > DEEPEST) {
      if (!found.faults.some(({ code }) => code === 'DAG103'))
        found.faults.push(diagnose('DAG103', { where: outermost(place), most: DEEPEST }, at));
      return;
    }
    if (v === null || typeof v === 'boolean') return;
    if (typeof v === 'string') return text(v, place);
    if (typeof v === 'number' && Number.isFinite(v)) return;
    if (typeof v === 'number') return fault(String(v), place);
    if (typeof v !== 'object') return fault(v === undefined ? 'undefined' : `a ${typeof v}`, place);
    try {
      walkObject(v, place);
    } catch (error) {
      if (error instanceof Stop) throw error;
      found.faults.push(diagnose('DAG105', { where: place, detail: messageOf(error) }, at));
    }
  };

  const walkObject = (v: object, place: string): void => {
    const target = targetOf(v);
    if (target) {
      if (isMaybe(v)) found.faults.push(diagnose('DAG071', { reference: describeMaybe(target) }, at));
      read(target);
      return;
    }
    const handed = opaqueOf(v);
    if (handed) {
      markUsed(v);
      const use = `given to a task, ${place}`;
      found.faults.push(diagnose('DAG072', { what: handed.what, use, instead: handed.instead }, at));
      return;
    }
    if (expressionText(v) !== undefined || planWidthLimit(v) !== undefined) return;
    if (seen.has(v)) return fault('an object that holds itself', place);
    seen.add(v);
    if (Array.isArray(v)) {
      for (const [i, item] of Array.from(v as unknown[]).entries()) walk(item, `${place}[${i}]`);
    } else if (Object.getPrototypeOf(v) === Object.prototype || Object.getPrototypeOf(v) === null) {
      for (const [key, item] of Object.entries(v)) {
        if (key === '__proto__') fault('an object with the key "__proto__"', place);
        if (!isHarmless(key)) name(key, place);
        walk(item, place.endsWith(' ') ? `${place}${key}` : `${place}.${key}`);
      }
    } else {
      fault(`a ${v.constructor?.name ?? 'value'}`, place);
    }
    seen.delete(v);
  };
  walk(value, where);
  return found;
}

/** Whether a text is made of characters of which nothing foreign and no reference is, as nearly all are. */
function isHarmless(text: string): boolean {
  return /^[\w .,:/=*@+-]*$/.test(text) && !text.includes('undefined') && !text.includes('NaN');
}

/** The place without what is nested in it: `"a": Arguments.Item`. */
function outermost(place: string): string {
  return place.split('.').slice(0, 2).join('.');
}

/** A text as somebody may recognise it: without its references, whole or broken. */
function shown(text: string): string {
  return splitTokens(text)
    .map((piece) => ('text' in piece ? piece.text : '…'))
    .join('');
}

/** Each of them once. */
export function uniqueTargets(targets: readonly Target[]): Target[] {
  const unique = new Map<string, Target>();
  for (const target of targets) {
    const key = `${target.kind}:${target.path.join(':')}`;
    const known = unique.get(key);
    unique.set(key, known?.whole && !target.whole ? { ...target, whole: true } : target);
  }
  return [...unique.values()];
}

/**
 * What was meant by `${lake}` in plain quotes, where `lake` is an env value, a param or a task of the DAG, a variable of its file, or
 * written as one is read.
 */
export function plainNames({ env, params, tasks, names }: DagModel): PlainNames {
  const ids = new Set(tasks.map(({ id }) => id));
  return (inner) => {
    const read = readInQuotes(inner);
    if (read !== undefined) return read;
    if (Object.hasOwn(env, inner)) return `\${dag.env.${inner}}`;
    if (Object.hasOwn(params, inner)) return `\${dag.params.${inner}}`;
    if (ids.has(inner)) return `\${${inner.replaceAll(/\W/g, '_')}.output.X}`;
    return variableInQuotes(inner, names);
  };
}
