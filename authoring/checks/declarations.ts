import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { schemaFault } from '../../asl/json/schema-errors.ts';
import { isPlaceholderName } from '../../asl/placeholders/index.ts';
import { remembered } from '../../asl/remembered.ts';
import { type Diagnostic, diagnose, isError } from '../../diagnostics/index.ts';
import { isReserved, RESERVED_ENV } from '../built-in-references.ts';
import type {
  EnvDeclaration,
  NumberParamOptions,
  ParamDeclaration,
  ParamOptions,
  TextParamOptions,
} from '../declarations.ts';
import { report } from '../faults.ts';
import { foreignIn, unmarked } from '../foreign-syntax.ts';
import { callSite } from '../place.ts';
import {
  type Check,
  type ChecksOf,
  check,
  listOf,
  misfit,
  prose,
  shown,
  text,
  that,
  twice,
  type Where,
  wholeNumber,
} from './check.ts';
import { entriesOf, json, readFields } from './fields.ts';

type What = 'env' | 'params';

/** How a declaration is written. */
const INSTEAD = { env: 'env.string()', params: 'param.string()' } as const;

/** The check of `env` or `params` as a whole; `declarationsOf` reads what is in it. */
export const declarations = (what: What): Check =>
  check(`an object of declarations, \`{ name: ${INSTEAD[what]} }\``, (given, where) => wrongIn(what, given, where));

function wrongIn(what: What, given: unknown, where: Where): Diagnostic[] {
  const entries = entriesOf(given);
  const instead = `\`${what}: { name: ${INSTEAD[what]} }\``;
  if (entries === undefined)
    return [diagnose('DAG087', { owner: `${where.owner}: ${what}`, given: shown(given), instead }, where.at)];
  return entries.flatMap(([name, read]) => [
    ...wrongName(what, name, where.at),
    ...wrongDeclaration(what, name, read().value, where),
  ]);
}

/** Every declared name with its declaration, or a substitute for an invalid one, so that reading it causes no second error. */
export function declarationsOf<D extends EnvDeclaration | ParamDeclaration>(
  what: What,
  given: unknown,
): { readonly [name: string]: D } {
  const entries = entriesOf(given) ?? [];
  return Object.freeze(
    Object.fromEntries(
      entries.map(([name, read]) => {
        const { value } = read();
        return [name, (isDeclaration(what, value) ? value : STAND_IN[what]) as D];
      }),
    ),
  );
}

const STAND_IN = { env: { kind: 'string' }, params: { schema: {} } } as const;

function wrongName(what: What, name: string, at: Where['at']): Diagnostic[] {
  if (what === 'env' && isReserved(name)) return [diagnose('DAG094', { name, reserved: RESERVED_ENV }, at)];
  const fits =
    name !== '__proto__' && (what === 'env' ? isPlaceholderName(name) : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name));
  if (fits) return [];
  const allowed = `letters, digits${what === 'env' ? ' of ASCII' : ', "-"'} and "_", and begins with no digit`;
  return [diagnose('DAG093', { what, name, allowed, instead: nameLike(name) }, at)];
}

/** The name in camelCase, without what it cannot hold: `my-bucket` as `myBucket`. */
function nameLike(name: string): string {
  const camel = name
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9])?/g, (_, letter?: string) => letter?.toUpperCase() ?? '')
    .replace(/^_+/, '')
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return isPlaceholderName(camel) && name !== '__proto__' && !isReserved(camel) ? `"${camel}"` : '';
}

function wrongDeclaration(what: What, name: string, value: unknown, { owner, at }: Where): Diagnostic[] {
  if (isDeclaration(what, value)) return [];
  const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
  const instead = `\`${what}: { ${key}: ${insteadOf(what, value)} }\`${what === 'env' ? ', and its value into dagwright.yaml' : ''}`;
  return [diagnose('DAG095', { dag: owner, what, name, given: shown(value), instead }, at)];
}

/** Who wrote a value means its default, or what deploy is to fill in. */
function insteadOf(what: What, value: unknown): string {
  if (what === 'env') return INSTEAD.env;
  if (typeof value === 'string') return `param.string({ default: ${JSON.stringify(value.slice(0, 30))} })`;
  if (typeof value === 'number') return `param.number({ default: ${value} })`;
  if (typeof value === 'boolean') return `param.boolean({ default: ${value} })`;
  return INSTEAD.params;
}

function isDeclaration(what: What, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (what === 'env') return ['string', 'bucket', 'role'].includes((value as EnvDeclaration).kind);
    return typeof (value as ParamDeclaration).schema === 'object' && (value as ParamDeclaration).schema !== null;
  } catch {
    return false;
  }
}

/** Only where a default may not fit its declaration. */
const require = createRequire(import.meta.url);

const number = that('a finite number', (value) => typeof value === 'number' && Number.isFinite(value));
const length = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const PATTERN = "a regular expression as a text, `'^[a-z]+$'`, with something in it and without \\p{…} and \\u{…}";
const pattern = check(PATTERN, (value, where) => {
  try {
    // Without the flag, which a machine's expressions do not have, those two mean something else.
    if (typeof value === 'string' && value !== '' && !/\\[pu]\{/i.test(value) && new RegExp(value, 'u'))
      return text(value, where);
  } catch {
    // Told below.
  }
  return [misfit(value, where, PATTERN)];
});

const ANY: ChecksOf<ParamOptions<unknown>> = { default: json, description: prose };
const TEXT: ChecksOf<TextParamOptions> = { ...ANY, minLength: length, maxLength: length, pattern };
const NUMBER: ChecksOf<NumberParamOptions> = { ...ANY, minimum: number, maximum: number };

const OPTIONS = { string: TEXT, number: NUMBER, integer: NUMBER, boolean: ANY, enum: ANY, json: ANY } as const;
export type ParamChecks = keyof typeof OPTIONS;

/** The JSON schema of a param, its options checked: a default that its own declaration refuses would fail every run that takes it. */
export function checkedParam(
  name: ParamChecks,
  kind: { readonly [keyword: string]: unknown },
  options: unknown,
): { readonly [keyword: string]: unknown } {
  const owner = `param.${name}`;
  const at = { place: callSite() };
  const example =
    typeof options === 'object' || options === undefined ? "description: '…'" : `default: ${shown(options)}`;
  const instead = `\`${owner}(${name === 'enum' ? "['a', 'b'], " : ''}{ ${example} })\``;
  const { fields, faults } = readFields<object>(
    options,
    OPTIONS[name] as ChecksOf<object>,
    { instead },
    { owner, field: '', at },
  );
  const values = 'enum' in kind ? valuesOf(kind.enum, { owner, field: 'its first argument', at }) : undefined;
  const schema = { ...kind, ...(values && { enum: Object.freeze(values.values) }), ...fields };
  const wrong = [...faults, ...(values?.faults ?? [])];
  const where = (field: string) => `${owner}: ${field}`;
  const { default: given } = fields as { readonly default?: unknown };
  wrong.push(...foreignIn(given, where('default'), at), ...foreignIn(values?.values, where('its first argument'), at));
  if (!wrong.some(isError)) wrong.push(...wrongRange(schema, owner, at), ...wrongDefault(schema, owner, at));
  report(wrong);
  return !wrong.some(isError) ? unmarked(schema) : { ...kind, ...(values && { enum: [] }) };
}

/** The texts that an enum can be. */
function valuesOf(
  given: unknown,
  where: Where,
): { readonly values: readonly unknown[]; readonly faults: readonly Diagnostic[] } {
  const wanted = "a list of texts, `['a', 'b']`, with one at least";
  const wrong = listOf(text, wanted)(given, where);
  if (wrong.length > 0) return { values: [], faults: wrong };
  const values = given as readonly unknown[];
  return { values: [...values], faults: values.length === 0 ? [misfit(given, where, wanted)] : twice(values, where) };
}

function wrongRange(schema: { readonly [keyword: string]: unknown }, param: string, at: Where['at']): Diagnostic[] {
  return [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
  ].flatMap(([from, to]) => {
    const [least, most] = [schema[from!], schema[to!]] as [number?, number?];
    if (least === undefined || most === undefined || least <= most) return [];
    const detail = `has ${from} ${least}, which is more than its ${to}, ${most}`;
    return [diagnose('DAG097', { param, detail, instead: `Exchange ${from} and ${to}, or leave one out.` }, at)];
  });
}

function wrongDefault(schema: { readonly [keyword: string]: unknown }, param: string, at: Where['at']): Diagnostic[] {
  if (!('default' in schema) || isPlainly(schema)) return [];
  const { default: given, description: _, ...rest } = schema;
  const validate = validatorOf(JSON.stringify(rest));
  if (validate(given)) return [];
  const fault = schemaFault(validate.errors![0]!);
  const detail = fault.kind === 'value' ? `must be ${fault.wanted}` : `must fit its schema at ${fault.field}`;
  return [diagnose('DAG096', { param, given: shown(given), detail }, at)];
}

/** By the schema's JSON: the DAGs of a project declare many params alike. */
const validatorOf = remembered(
  (schema) => {
    const { Ajv2020: Ajv } = require('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 };
    // The schema is our own: to hold it against the schema of schemas takes longer than all the rest of a DAG.
    return new Ajv({ strict: false, meta: false, validateSchema: false }).compile(JSON.parse(schema) as object);
  },
  { most: 100 },
);

/** Whether the default surely fits. What does not is held against the schema by ajv, which has the words for it and takes its time to start. */
function isPlainly({ type, default: given, ...others }: { readonly [keyword: string]: unknown }): boolean {
  const fits = type === undefined || (type === 'integer' ? Number.isInteger(given) : typeof given === type);
  return fits && Object.entries(others).every(([keyword, value]) => FITS[keyword]?.(given, value) ?? false);
}

/** By the keyword of a declaration: whether a default of the declared type is what it allows. */
const FITS: { readonly [keyword: string]: (given: unknown, allowed: unknown) => boolean } = {
  description: () => true,
  enum: (given, allowed) => (allowed as readonly unknown[]).includes(given),
  minimum: (given, allowed) => (given as number) >= (allowed as number),
  maximum: (given, allowed) => (given as number) <= (allowed as number),
  minLength: (given, allowed) => [...(given as string)].length >= (allowed as number),
  maxLength: (given, allowed) => [...(given as string)].length <= (allowed as number),
  pattern: (given, allowed) => new RegExp(allowed as string, 'u').test(given as string),
};
