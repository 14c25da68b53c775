import { type Diagnostic, diagnose, nearest } from '../../diagnostics/index.ts';
import { isError } from '../fault.ts';
import { handedOut } from '../handed-out.ts';
import { templatesTold } from '../made-templates.ts';
import { isReference } from '../reference.ts';
import { airflowField } from './airflow-fields.ts';
import { type Check, type ChecksOf, check, type Where } from './check.ts';
import { shown } from './shown.ts';

/** Whose field it would be in Airflow, where an object has a counterpart there. */
export type Counterpart = 'dag' | 'task';

export interface Kind {
  /** How such an object is written, for who gave something else: `{ retries: 2 }`. */
  readonly instead: string;
  readonly airflow?: Counterpart;
}

/** What was read of an object: the fields that are known and fit, and what is wrong with it. */
export interface Fields<Spec> {
  readonly fields: Spec;
  readonly faults: readonly Diagnostic[];
}

/**
 * Reads an object that a user handed over, once: what is wrong in it is told field by field, and what fits is kept, so that one fault
 * leads to no other.
 * @param owner whose it is, as messages name it
 * @param within the field that the object stands in; '' where it is the whole
 */
export function readFields<Spec>(
  given: unknown,
  checks: ChecksOf<Spec>,
  kind: Kind,
  { owner, field: within, at }: Where,
): Fields<Spec> {
  const name = within === '' ? owner : `${owner}: ${within}`;
  const entries = entriesOf(given);
  if (entries === undefined) {
    templatesTold(given);
    return {
      fields: {} as Spec,
      faults: [diagnose('DAG087', { owner: name, given: shown(given), instead: kind.instead }, at)],
    };
  }
  const faults: Diagnostic[] = [];
  const fields: { [field: string]: unknown } = {};
  const known = Object.keys(checks);
  const strangers = entries.map(([field]) => field).filter((field) => !Object.hasOwn(checks, field));
  const lacking = Object.entries<Check>(checks as { readonly [field: string]: Check })
    .filter(([field, { isRequired }]) => isRequired && !entries.some(([one]) => one === field))
    .map(([field]) => field);
  // Where one is not known and one is missing, the one was meant for the other.
  const [missing] = strangers.length === 1 && lacking.length === 1 ? lacking : [];
  const isMeant = (field: string) =>
    strangers.some((one) => {
      const near = nearest(one, known);
      return near === undefined ? field === missing : near === field;
    });
  for (const [field, read] of entries) {
    const path = within === '' ? field : `${within}.${field}`;
    const where: Where = { owner, field: path, at };
    if (!Object.hasOwn(checks, field)) {
      faults.push(unknownField(name, field, { known, missing }, kind, at));
      templatesTold(read().value);
      continue;
    }
    const { value, threw } = read();
    if (threw !== undefined) {
      faults.push(diagnose('DAG105', { where: `"${owner}": ${path}`, detail: threw }, at));
      fields[field] = undefined;
    } else if (value !== undefined) {
      const wrong = (checks as { readonly [field: string]: Check })[field]!(value, where);
      faults.push(...wrong);
      if (wrong.some(isError)) templatesTold(value);
      if (!wrong.some(isError)) fields[field] = value;
      else if ((checks as { readonly [field: string]: Check })[field]!.isRequired) fields[field] = undefined;
    }
  }
  // One that stands there under another name is told with that name alone.
  for (const [field, one] of Object.entries<Check>(checks as { readonly [field: string]: Check }))
    if (one.isRequired && !Object.hasOwn(fields, field) && !isMeant(field))
      faults.push(diagnose('DAG088', { owner: name, field, wanted: one.wanted }, at));
  return { fields: Object.freeze(fields) as Spec, faults };
}

/** The check of a field that is an object itself. */
export function object<Spec>(checks: ChecksOf<Spec>, instead: string): Check {
  return check(
    `an object, \`${instead}\``,
    (given, where) => readFields<Spec>(given, checks, { instead: `\`${instead}\`` }, where).faults,
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

/** The fields of a plain object, each to be read with care; undefined for what is none. */
export function entriesOf(given: unknown): readonly Entry[] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || isReference(given)) return undefined;
  try {
    const handed = handedOut(given);
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
  { airflow }: Kind,
  at: Where['at'],
): Diagnostic {
  const told = airflow && airflowField(airflow, field, known);
  return told
    ? diagnose('DAG086', { owner, field, ...told }, at)
    : diagnose('DAG085', { owner, field, known, missing }, at);
}
