import { type Diagnostic, diagnose, isError, nearest } from '../../diagnostics/index.ts';
import { markUsedWithin } from '../creations.ts';
import { opaqueOf } from '../opaque.ts';
import { describeTarget, isReference, targetOf } from '../reference.ts';
import { airflowField } from './airflow-fields.ts';
import { type Check, type ChecksOf, check, shown, unsendable, type Where } from './check.ts';

/** Whose field it would be in Airflow, where an object has a counterpart there. */
export type Counterpart = 'dag' | 'task';

export interface Kind {
  /** How such an object is written, for who gave something else: `{ retries: 2 }`. */
  readonly instead: string;
  readonly airflow?: Counterpart;
  /**
   * Of a name that is not known: the field here that it is another tool's name for, or a sentence that says what to write. Undefined where
   * no other tool has it.
   */
  readonly otherName?: (field: string) => string | undefined;
}

/** What was read of an object: the fields that are known and fit, and what is wrong with it. */
export interface Fields<Spec> {
  readonly fields: Spec;
  readonly faults: readonly Diagnostic[];
}

/**
 * Reads an object that a user passed, once: what is wrong in it is reported field by field, and what fits is kept, so that one fault
 * leads to no other.
 * @param owner whose it is, as messages name it
 * @param within the field that the object stands in; '' where it is the whole
 */
export function readFields<Spec>(
  given: unknown,
  checks: ChecksOf<Spec>,
  kind: Kind,
  { owner, field: within, at, around }: Where,
): Fields<Spec> {
  const name = within === '' ? owner : `${owner}: ${within}`;
  const entries = entriesOf(given);
  if (entries === undefined) {
    markUsedWithin(given);
    return {
      fields: {} as Spec,
      faults: [diagnose('DAG087', { owner: name, given: shown(given), instead: kind.instead }, at)],
    };
  }
  const faults: Diagnostic[] = [];
  const fields: { [field: string]: unknown } = {};
  const checkOf = checks as { readonly [field: string]: Check };
  const unchecked = Object.entries<unknown>(checks).filter(([, one]) => typeof one !== 'function');
  if (unchecked.length > 0) {
    markUsedWithin(given);
    const detail = (one: unknown) => `is ${shown(one)} and none of \`checks\``;
    return {
      fields: {} as Spec,
      faults: unchecked.map(([field, one]) =>
        diagnose('DAG108', { task: name, kind: owner, part: `check of "${field}"`, detail: detail(one) }, at),
      ),
    };
  }
  const known = Object.keys(checks);
  const strangers = entries.map(([field]) => field).filter((field) => !Object.hasOwn(checks, field));
  const lacking = Object.entries(checkOf)
    .filter(([field, { isRequired }]) => isRequired && !entries.some(([one]) => one === field))
    .map(([field]) => field);
  // Where one is not known and one is missing, the one was meant for the other.
  const [missing] = strangers.length === 1 && lacking.length === 1 ? lacking : [];
  const isMeant = (field: string) =>
    strangers.some((one) => {
      const near = kind.otherName?.(one) ?? nearest(one, known);
      return near === undefined ? field === missing : near === field;
    });
  for (const [field, read] of entries) {
    const path = within === '' ? field : `${within}.${field}`;
    const where: Where = { owner, field: path, at, around: { name, known } };
    if (!Object.hasOwn(checks, field)) {
      faults.push(unknownField(name, field, { known, missing }, kind, { at, ...(around && { around }) }));
      markUsedWithin(read().value);
      continue;
    }
    const { value, threw } = read();
    if (threw !== undefined) {
      faults.push(diagnose('DAG105', { where: `"${owner}": ${path}`, detail: threw }, at));
      fields[field] = undefined;
    } else if (value !== undefined) {
      const own = checkOf[field]!;
      const wrong = own(value, where);
      faults.push(...wrong);
      if (!wrong.some(isError)) fields[field] = value;
      else {
        markUsedWithin(value);
        if (own.isRequired) fields[field] = undefined;
      }
    }
  }
  // A required field under a misspelt name is reported once, with that name.
  for (const [field, one] of Object.entries(checkOf))
    if (one.isRequired && !Object.hasOwn(fields, field) && !isMeant(field))
      faults.push(
        diagnose(
          'DAG088',
          { owner: name, field, wanted: one.wanted, isThere: entries.some(([key]) => key === field) },
          at,
        ),
      );
  return { fields: Object.freeze(fields) as Spec, faults };
}

/** The check of a field that is an object itself. Who gives the value of its only field that must be there is told how to write that. */
export function object<Spec>(checks: ChecksOf<Spec>, instead: string): Check {
  const [needed, ...others] = Object.entries<Check>(checks).filter(([, { isRequired }]) => isRequired);
  const shortOf = (given: unknown) => {
    const target = targetOf(given);
    const value = target !== undefined ? describeTarget(target) : typeof given === 'string' ? shown(given) : undefined;
    return needed === undefined || others.length > 0 || value === undefined ? instead : `{ ${needed[0]}: ${value} }`;
  };
  return check(
    `an object, \`${instead}\``,
    (given, where) => readFields<Spec>(given, checks, { instead: `\`${shortOf(given)}\`` }, where).faults,
  );
}

/** The check of an object whose keys are the user's. */
export function mapOf(entry: Check, wanted: string): Check {
  return check(wanted, (given, where) => {
    const entries = entriesOf(given);
    if (entries === undefined)
      return [
        diagnose('DAG087', { owner: `${where.owner}: ${where.field}`, given: shown(given), instead: wanted }, where.at),
      ];
    return entries.flatMap(([key, read]) => {
      const field = `${where.field}.${key}`;
      const { value, threw } = read();
      if (threw !== undefined)
        return [diagnose('DAG105', { where: `"${where.owner}": ${field}`, detail: threw }, where.at)];
      return entry(value, { ...where, field });
    });
  });
}

type Entry = readonly [key: string, read: () => { readonly value?: unknown; readonly threw?: string }];

/** The fields of a plain object, each to be read with care; undefined for what is not one. */
export function entriesOf(given: unknown): readonly Entry[] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || isReference(given)) return undefined;
  try {
    const handed = opaqueOf(given);
    if (handed && !handed.isWhole) return undefined;
    const prototype = Object.getPrototypeOf(given) as object | null;
    // A plain object of any realm.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return undefined;
    return Object.keys(given).map(
      (key): Entry => [key, () => reading(() => (given as { [key: string]: unknown })[key])],
    );
  } catch {
    return undefined;
  }
}

function reading(read: () => unknown): { readonly value?: unknown; readonly threw?: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { threw: messageOf(error) };
  }
}

export function messageOf(error: unknown): string {
  try {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '') || 'it throws';
  } catch {
    return 'it throws';
  }
}

function unknownField(
  owner: string,
  field: string,
  { known, missing }: { readonly known: readonly string[]; readonly missing: string | undefined },
  { airflow, otherName }: Kind,
  { at, around }: Pick<Where, 'at' | 'around'>,
): Diagnostic {
  const told = airflow && airflowField(airflow, field, known);
  if (told) return diagnose('DAG086', { owner, field, ...told }, at);
  const isOuter = around?.known.includes(field) === true && nearest(field, known) === undefined;
  const instead =
    otherName?.(field) ?? (isOuter ? `It is a field of "${around.name}": write it there, one level up.` : undefined);
  return diagnose('DAG085', { owner, field, known, missing, instead }, at);
}

/** Levels of lists and objects within each other; readers of JSON end somewhere above it. */
export const DEEPEST = 200;

/** Plain JSON that is known when the DAG is compiled. */
export const json = check('JSON', (given, where) => wrongIn(given, where, []));

function wrongIn(value: unknown, { owner, field, at }: Where, around: readonly object[]): Diagnostic[] {
  const where = `"${owner}": ${field}`;
  const fault = (wrong: string) => [diagnose('DAG015', { where, value: wrong }, at)];
  if (typeof value === 'string') return unsendable(value, where, at);
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return [];
  if (typeof value !== 'object' || isReference(value)) return fault(shown(value));
  if (around.includes(value)) return fault('an object that holds itself');
  if (around.length >= DEEPEST)
    return [diagnose('DAG103', { where: `"${owner}": ${field.split(/[.[]/)[0]}`, most: DEEPEST }, at)];
  const inner = [...around, value];
  if (Array.isArray(value))
    return Array.from(value as unknown[]).flatMap((one, i) =>
      wrongIn(one, { owner, field: `${field}[${i}]`, at }, inner),
    );
  const entries = entriesOf(value);
  if (entries === undefined) return fault(shown(value));
  return entries.flatMap(([key, read]) => {
    const { value: one, threw } = read();
    const place = { owner, field: `${field}.${key}`, at };
    if (key === '__proto__') return fault('an object with the key "__proto__"');
    if (threw !== undefined) return [diagnose('DAG105', { where: `"${owner}": ${place.field}`, detail: threw }, at)];
    return [...unsendable(key, `The name of ${place.field}`, at), ...wrongIn(one, place, inner)];
  });
}
