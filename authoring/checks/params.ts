import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { isError, report } from '../fault.ts';
import type { NumberParamOptions, ParamOptions, TextParamOptions } from '../param.ts';
import { callSite } from '../place.ts';
import { type ChecksOf, check, listOf, misfit, prose, text, that, twice, type Where, wholeNumber } from './check.ts';
import { readFields } from './fields.ts';
import { foreignIn, unmarked } from './foreign-texts.ts';
import { json } from './json.ts';
import { shown } from './shown.ts';

/** Only where a default is to be held against more than its type. */
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
  const { Ajv2020: Ajv } = require('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 };
  const { default: given, description: _, ...rest } = schema;
  // The schema is our own: to hold it against the schema of schemas takes longer than all the rest of a DAG.
  const validate = new Ajv({ strict: false, meta: false, validateSchema: false }).compile(rest);
  if (validate(given)) return [];
  const [error] = validate.errors!;
  const allowed = Array.isArray(schema.enum) ? `: ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}` : '';
  return [diagnose('DAG096', { param, given: shown(given), detail: `${error!.message}${allowed}` }, at)];
}

/** A default of the type, where nothing else is asked of it. */
function isPlainly({ type, default: given, ...others }: { readonly [keyword: string]: unknown }): boolean {
  return typeof given === type && Object.keys(others).every((keyword) => keyword === 'description');
}
