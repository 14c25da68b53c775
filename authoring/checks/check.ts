import { LIMITS } from '../../asl/language/limits.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { markUsedWithin } from '../creations.ts';
import { jinjaIn } from '../jinja.ts';
import { opaqueOf } from '../opaque.ts';
import { describeTarget, isReference, targetOf } from '../reference.ts';
import { type AnyTask, handleInfo } from '../task.ts';
import { splitTokens } from '../token.ts';

/** Characters of a text that a message shows. */
const LONGEST = 60;

/** A value that the user gave, described for a message: `"every day"`, `-1`, `a list`, `a Date`. Never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return textShown(value);
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    const target = targetOf(value);
    if (target) return `the reference ${describeTarget(target)}`;
    const placing = handleInfo(value);
    if (placing) return `the ${placing.kind} "${(value as AnyTask).id}"`;
    const handed = opaqueOf(value);
    if (handed && !handed.isWhole) return handed.what.replace(/^The /, 'the ');
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
    const name = (Object.getPrototypeOf(value) as object | null)?.constructor?.name;
    return name === undefined || name === 'Object' || name === '' ? 'an object' : `${article(name)} ${name}`;
  } catch {
    return 'an object that cannot be read';
  }
}

/** As JSON has it, references as `…`. */
function textShown(text: string): string {
  const plain = splitTokens(text)
    .map((piece) => ('text' in piece ? piece.text : '…'))
    .join('');
  const short = plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
  return JSON.stringify(short);
}

function article(word: string): string {
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
}

/** Where a value comes from: its owner, as messages name it, and the field. */
export interface Where {
  /** A task's or a DAG's id, or a function: `emr.cluster`. */
  readonly owner: string;
  readonly field: string;
  readonly at: NonNullable<Parameters<typeof diagnose>[2]>;
  /** The object that it stands in: what messages call it, and its fields. */
  readonly around?: { readonly name: string; readonly known: readonly string[] };
}

/** Returns every fault of a value; an empty list if it is valid. */
export interface Check {
  (value: unknown, where: Where): readonly Diagnostic[];
  /** What it wants, for a field that is missing. */
  readonly wanted: string;
  readonly isRequired?: true;
}
type RequiredCheck = Check & { readonly isRequired: true };

/** A check of each field of an interface: a field that is added and has none is a type error. */
export type ChecksOf<Spec> = {
  readonly [K in keyof Spec]-?: {} extends Pick<Spec, K> ? Check : RequiredCheck;
};

export function check(wanted: string, faults: (value: unknown, where: Where) => readonly Diagnostic[]): Check {
  return Object.assign((value: unknown, where: Where) => faults(value, where), { wanted });
}

/** A check that a value either passes or not. */
export function that(wanted: string, fits: (value: unknown) => boolean): Check {
  return check(wanted, (value, where) => (fits(value) ? [] : [misfit(value, where, wanted)]));
}

/** The diagnostic of a value that is of another kind than the field's. */
export function misfit(value: unknown, { owner, field, at }: Where, wanted: string): Diagnostic {
  return diagnose('DAG006', { id: owner, field, wanted, given: shown(value) }, at);
}

export function required(inner: Check): RequiredCheck {
  // A check that is not there is told where the object is read.
  if (typeof inner !== 'function') return inner;
  const { wanted } = inner;
  return Object.assign((value: unknown, where: Where) => inner(value, where), { wanted, isRequired: true as const });
}

export const flag = that('true or false', (value) => typeof value === 'boolean');

/** A text that is known when the DAG is compiled. */
export const text = check('a text that is known when the DAG is compiled', (value, where) => {
  // A template literal with a reference in it is a text too, whose value only a deploy or a run knows.
  if (typeof value !== 'string' || splitTokens(value).some((piece) => !('text' in piece)))
    return [misfit(value, where, text.wanted)];
  return unsendable(value, `"${where.owner}": ${where.field}`, where.at);
});

/** A reference in plain quotes. */
const PLAIN = /\$\{\s*(?:dag\.\w|params\.\w|env\.\w|\w+\.output\b)[^{}]*\}/;

/** A text for people. Placeholders in it are never evaluated, so they cause a warning. */
export const prose = check(text.wanted, (given, where) => {
  const wrong = text(given, where);
  if (wrong.length > 0) return wrong;
  const told = `"${where.owner}": ${where.field}`;
  const foreign = [...jinjaIn(given as string).map((one) => one.text), ...((given as string).match(PLAIN) ?? [])];
  return foreign.slice(0, 1).map((found) => diagnose('DAG156', { where: told, text: found }, where.at));
});

/** A text, or a reference to one. */
export const value = check('a text or a reference', (given, where) => {
  if (isReference(given)) return [];
  if (typeof given !== 'string') return [misfit(given, where, value.wanted)];
  return unsendable(given, `"${where.owner}": ${where.field}`, where.at);
});

/** The same, with something in it. */
export const filled = check('a text or a reference', (given, where) =>
  given === '' ? [misfit(given, where, 'a text that is not empty')] : value(given, where),
);

export function wholeNumber(least: number, most: number): Check {
  const wanted = `a whole number from ${least} to ${most}`;
  return check(wanted, (given, where) => {
    if (typeof given !== 'number' || !Number.isInteger(given)) return [misfit(given, where, wanted)];
    return given >= least && given <= most ? [] : [outside(given, where, String(least), String(most))];
  });
}

/** The diagnostic of an amount that lies outside of what Step Functions takes. */
export function outside(given: unknown, { owner, field, at }: Where, least: string, most: string): Diagnostic {
  return diagnose('DAG098', { owner, field, given: shown(given), least, most }, at);
}

export function oneOf(known: readonly (string | number)[]): Check {
  const wanted = known
    .map((one) => JSON.stringify(one))
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
  return that(wanted, (given) => known.includes(given as string));
}

/** A list, each of its entries checked. */
export function listOf(entry: Check, wanted = 'a list'): Check {
  return check(wanted, (given, where) => {
    if (!Array.isArray(given)) return [misfit(given, where, wanted)];
    // With Array.from what is missing in a sparse list is undefined, and not passed over.
    return Array.from(given as unknown[]).flatMap((one, i) => entry(one, { ...where, field: `${where.field}[${i}]` }));
  });
}

/** A diagnostic for each duplicate entry of a list. */
export function twice(list: readonly unknown[], { owner, field, at }: Where): Diagnostic[] {
  const doubled = new Set(list.filter((one, i) => list.indexOf(one) < i));
  return [...doubled].map((one) => diagnose('DAG101', { owner, field, entry: shown(one) }, at));
}

/** Half a surrogate pair, or one of Unicode's noncharacters. */
const UNSENDABLE = /\p{Cs}|\p{Noncharacter_Code_Point}/u;

/** Characters that cannot be sent to AWS. The markers of references are exempt. */
export function unsendable(text: string, where: string, at: Parameters<typeof diagnose>[2]): Diagnostic[] {
  for (const piece of splitTokens(text)) {
    const [found] = ('text' in piece && UNSENDABLE.exec(piece.text)) || [];
    if (found !== undefined) {
      const character = `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
      return [diagnose('DAG102', { where, character }, at)];
    }
  }
  return [];
}

/**
 * Ids are Airflow's keys, as long as a state's name may be.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkId(id: unknown, what: 'DAG' | 'task' | 'group', at: Parameters<typeof diagnose>[2]): Diagnostic[] {
  // A group's id ends at the dot behind which those of its tasks go on.
  const { form, allowed } = what === 'group' ? GROUP : KEY;
  const isKey = typeof id === 'string' && id.length <= LIMITS.stateName && form.test(id) && id !== '__proto__';
  if (!isKey) markUsedWithin(id);
  if (isKey && what === 'DAG' && id.includes('.')) return [diagnose('DAG151', { dag: id }, at)];
  return isKey ? [] : [diagnose('DAG007', { id: shown(id), what, allowed }, at)];
}

const KEY = {
  form: /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u,
  allowed: `letters, digits, "_", "-" and ".", at most ${LIMITS.stateName} of them`,
};
const GROUP = {
  form: /^[\p{L}\p{N}_-]+$/u,
  allowed: `letters, digits, "_" and "-", at most ${LIMITS.stateName} of them`,
};
