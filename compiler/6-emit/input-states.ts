import type { Json } from '../../asl/json/value.ts';
import type { Graph } from '../3-graph/graph.ts';
import { inOrder, type NamedStates } from './field-order.ts';
import { computed, literal, literals } from './jsonata-text.ts';
import { fieldText } from './resolve.ts';

/** Names of states; no task's id has a blank. */
const READ = 'read input';
const REFUSE = 'params refused';

/**
 * The states that take params and the logical date from the execution's input, where a task reads one of them: they are checked before
 * anything runs, and taken in the same state.
 */
export function inputStates(graph: Graph, next: string): { start: string; states: NamedStates } {
  const reads = [...graph.tasks.values()].flatMap((task) => task.reads);
  const readsParams = reads.some(({ kind }) => kind === 'param');
  const readsDate = reads.some(({ kind }) => kind === 'logicalDate');
  if (!readsParams && !readsDate) return { start: next, states: {} };
  const Assign: { [name: string]: Json } = {
    ...(readsParams && { params: paramsText(graph) }),
    ...(readsDate && { logicalDate: computed(`$exists(${DATE}) ? ${DATE} : $states.context.Execution.StartTime`) }),
  };
  const checks = [...(readsParams ? checksOf(graph) : []), ...(readsDate ? [DATE_CHECK] : [])];
  const given = readsParams ? '$given := $states.input.params; ' : '';
  const fits = checks.map(({ test }) => test).join(' and ');
  const wrong = checks.map((one) => one.wrong);
  return {
    start: READ,
    states: {
      [READ]: inOrder({
        Type: 'Choice',
        Choices: [{ Condition: computed(given ? `(${given}${fits})` : fits), Assign, Next: next }],
        Default: REFUSE,
      }),
      [REFUSE]: inOrder({
        Type: 'Fail',
        Error: 'Params.Invalid',
        Cause: computed(`(${given}${SAID}; $join([${wrong.join(', ')}], '; '))`),
      }),
    },
  };
}

const DATE = '$states.input.logical_date';

/** What was given, for the cause of a failure. */
const SAID =
  "$said := function($value) { $exists($value) ? 'not ' & $substring($string($value), 0, 100) : 'and is missing' }";

interface Check {
  /** That it fits, as JSONata. `and` evaluates both sides, so that no test of a value may fail on a value of another type. */
  readonly test: string;
  /** What is wrong where it does not fit, as JSONata; nothing where it does. */
  readonly wrong: string;
}

/** A value that is checked, and what it must be. */
function checkOf(name: string, value: string, test: string, wanted: string): Check {
  return { test, wrong: `${negated(test)} ? ${literal(`${name} must be ${wanted}, `)} & $said(${value})` };
}

function negated(test: string): string {
  return test.startsWith('(') ? `$not${test}` : `$not(${test})`;
}

/** The form of a date, and a month, a day and a time that there are. @see manifest/input-form.ts, which knows how long a month is besides */
const DATE_FORM = String.raw`/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/`;
const DATE_CHECK = checkOf(
  'logical_date',
  DATE,
  `($exists(${DATE}) ? ($type(${DATE}) = 'string' ? $contains(${DATE}, ${DATE_FORM}) : false) : true)`,
  'a date such as 2026-01-31T06:00:00Z',
);

function checksOf({ model }: Graph): Check[] {
  const names = Object.keys(model.params).sort();
  const unknown = `$keys($given)[$not($ in ${literals(names)})]`;
  const isObject = "($exists($given) ? $type($given) = 'object' : true)";
  return [
    { test: isObject, wrong: `${negated(isObject)} ? 'params must be an object'` },
    { test: `$count(${unknown}) = 0`, wrong: `${unknown}.('there is no param ' & $)` },
    ...names.flatMap((name) => {
      const value = `$given${fieldText(name)}`;
      const { schema } = model.params[name]!;
      const fit = fitOf(value, schema);
      if (fit === undefined) return 'default' in schema ? [] : [checkOf(name, value, `$exists(${value})`, 'given')];
      const test = 'default' in schema ? `($exists(${value}) ? ${fit.test} : true)` : fit.test;
      return [checkOf(name, value, test, fit.wanted)];
    }),
  ];
}

type Schema = { readonly [keyword: string]: unknown };
const ARTICLES: { readonly [type: string]: string } = { integer: 'a whole number' };

/** That a value fits a param's schema; undefined where any does. */
function fitOf(value: string, schema: Schema): { readonly test: string; readonly wanted: string } | undefined {
  if (Array.isArray(schema.enum))
    return { test: `${value} in ${jsonataOf(schema.enum as Json)}`, wanted: `one of ${schema.enum.join(', ')}` };
  if (typeof schema.type !== 'string') return undefined;
  const isOf = `$type(${value}) = ${literal(schema.type === 'integer' ? 'number' : schema.type)}`;
  const further = furtherOf(value, schema);
  const wanted = [ARTICLES[schema.type] ?? `a ${schema.type}`, further.map((one) => one.wanted).join(' and ')]
    .join(' ')
    .trim();
  if (further.length === 0 && schema.type !== 'integer') return { test: isOf, wanted };
  const tests = [
    ...(schema.type === 'integer' ? [`$floor(${value}) = ${value}`] : []),
    ...further.map(({ test }) => test),
  ];
  return { test: `(${isOf} ? ${tests.join(' and ')} : false)`, wanted };
}

/** What a schema requires of a value besides its type. */
function furtherOf(value: string, schema: Schema): { readonly test: string; readonly wanted: string }[] {
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  return [
    ...(minimum === undefined ? [] : [{ test: `${value} >= ${minimum}`, wanted: `of at least ${minimum}` }]),
    ...(maximum === undefined ? [] : [{ test: `${value} <= ${maximum}`, wanted: `of at most ${maximum}` }]),
    ...(minLength === undefined
      ? []
      : [{ test: `$length(${value}) >= ${minLength}`, wanted: `of at least ${characters(minLength)}` }]),
    ...(maxLength === undefined
      ? []
      : [{ test: `$length(${value}) <= ${maxLength}`, wanted: `of at most ${characters(maxLength)}` }]),
    ...(pattern === undefined
      ? []
      : [{ test: `$contains(${value}, ${regexOf(pattern as string)})`, wanted: `that matches ${pattern}` }]),
  ];
}

function characters(count: unknown): string {
  return `${count} ${count === 1 ? 'character' : 'characters'}`;
}

/** A regular expression as JSONata's literal. */
function regexOf(pattern: string): string {
  const slashed = pattern.replace(/\\.|\//g, (found) => (found === '/' ? '\\/' : found));
  // `\${2}` is two dollars, and a placeholder's look.
  return `/${slashed.replaceAll('\\${', '[$]{')}/`;
}

/** The params given over the defaults. */
function paramsText({ model }: Graph): Json {
  const defaults = Object.entries(model.params)
    .filter(([, { schema }]) => 'default' in schema)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { schema }]) => `${literal(name)}: ${jsonataOf(schema.default as Json)}`);
  if (defaults.length === 0) return computed('$states.input.params');
  return computed(`$merge([{${defaults.join(', ')}}, $states.input.params])`);
}

/** A JSON value as JSONata. */
function jsonataOf(value: Json): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(jsonataOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${literal(key)}: ${jsonataOf(item)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
