import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { shown, type Where } from './checks/check.ts';
import { refuse } from './faults.ts';
import { jinjaIn, shortened } from './jinja.ts';
import { VERBATIM, withoutMarks } from './token.ts';

/**
 * Syntax of other tools in a user's texts, which nothing would evaluate: Airflow's Jinja (jinja.ts), JSONata and JSONPath of Step Functions,
 * and template literals in plain quotes. `verbatim` marks a text in which such syntax is meant literally.
 */

/**
 * Marks a text whose `{{ … }}`, `{% … %}` or `${…}` must be sent unchanged, because the service that receives it evaluates them (a mail
 * template, for example). Without the mark, text that looks like Jinja or like an expression of Step Functions is an error, and text that
 * looks like a template literal in plain quotes, or that contains `undefined`, `NaN` or `[object Object]`, is a warning.
 *
 * @param text the text; references in it are still resolved
 * @throws Stop with DAG107 if the argument is not a string
 *
 * @example
 * ```ts
 * const template = { TemplateName: 'done', SubjectPart: verbatim('{{ params.name }} is done') };
 * dag.task('template', aws({ service: 'ses', action: 'createTemplate', parameters: { Template: template } }));
 * ```
 */
export function verbatim(text: string): string {
  if (typeof text !== 'string')
    refuse('DAG107', { call: 'verbatim(…)', argument: 'its argument', given: shown(text), wanted: 'a text' });
  // References in it stay as they are.
  return text.replaceAll(
    /\uFDD0[^\uFDD1]*\uFDD1|(\{(?=[{%#])|\$|States(?=\.)|\bu(?=ndefined\b)|\bN(?=aN\b)|\[(?=object \w))/g,
    (all, marked?: string) => (marked === undefined ? all : `${all}${VERBATIM}`),
  );
}

/** Diagnostics for Jinja and for expressions of Step Functions in a text. Text marked by `verbatim` is not matched. */
export function foreignTexts(text: string, where: string, at: Where['at']): Diagnostic[] {
  const plain = text.replaceAll(/\uFDD0[^\uFDD1]*\uFDD1/g, '…');
  const jinja = jinjaIn(plain).map((one) => diagnose('DAG074', { where, ...one }, at));
  // `{% set x = $y %}` is Jinja, and reported as such.
  return jinja.length > 0 ? jinja : aslIn(plain).map((one) => diagnose('DAG155', { where, ...one }, at));
}

/** The same for every text in a declaration's value, which cannot depend on the run. */
export function foreignIn(value: unknown, where: string, at: Where['at']): Diagnostic[] {
  const found = textsIn(value).flatMap((text) => foreignTexts(text, where, at));
  return found.map((one) => ({
    ...one,
    remedy: `A declaration is the same for every run. Where its value is used: ${one.remedy}`,
  }));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A JSON value without the marks of `verbatim(…)`. */
export function unmarked<T>(value: T): T {
  if (typeof value === 'string') return withoutMarks(value) as T;
  if (Array.isArray(value)) return value.map(unmarked) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [withoutMarks(key), unmarked(one)])) as T;
}

/** Syntax found in a text, and what to write instead. */
interface Finding {
  readonly text: string;
  readonly instead: string;
}

/** JSONata within a text or as all of it. A statement of Liquid or Twig (`{% if … %}`) is not matched. */
const JSONATA = /^\s*\{%(?!-?\s*\w+\s)[\s\S]*%\}\s*$|\{%(?=[^}]*\$)[\s\S]*?%\}/;
/** Texts that consist of a path into the context object (of either query language) or of a call of an intrinsic function. */
const CONTEXT =
  /^\s*\$\$\.(?:Execution|StateMachine|State|Task|Map)\b[\w.[\]*]*\s*$|^\s*\$states\.(?:input|result|context|errorOutput)\b[\s\S]*$/;
const INTRINSIC =
  /^\s*States\.(?:Format|Array\w*|StringToJson|JsonToString|JsonMerge|Base64\w+|Hash|MathRandom|MathAdd|StringSplit|UUID)\([\s\S]*\)\s*$/;

/**
 * The first expression of Step Functions in a text, as a list of at most one. The compiler would send it unevaluated.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function aslIn(text: string): Finding[] {
  if (!text.includes('$') && !text.includes('{%') && !text.includes('States.')) return [];
  const [found] = [JSONATA, CONTEXT, INTRINSIC].flatMap((form) => form.exec(text)?.[0] ?? []);
  return found === undefined ? [] : [{ text: shortened(found.trim()), instead: insteadOf(found) }];
}

/** A name as JSONPath has it: `Message.$`. */
export function isPathName(name: string): boolean {
  return /[^$]\.\$$/.test(name);
}

const VALUES =
  'Values are references in template literals, `${dag.params.x}`, `${task.output.X}`; what is computed is `expr(() => …)`.';

function insteadOf(text: string): string {
  if (/\bTask\.Token\b/.test(text))
    return "Give it `taskToken` from 'dagwright', in a call with `pattern: 'callback'`.";
  if (/\$(?:now|millis)\(|StartTime\b|EnteredTime\b/.test(text))
    return 'Write `${dag.logicalDate}`, the moment that the run is for.';
  if (/errorOutput\b/.test(text))
    return "How a task ended is asked by a trigger rule, `{ triggerRule: 'one_failed' }`, on a task behind it.";
  const input = /(?:\$states\.input|Execution\.Input)\.(?:params\.)?(\w+)/.exec(text)?.[1];
  return input === undefined
    ? VALUES
    : `A run's input are its params: write \`\${dag.params.${input}}\`, and declare it, \`params: { ${input}: param.string() }\`.`;
}

/** The template literal meant by `${…}` in plain quotes, if what is inside reads a value of a DAG; otherwise undefined. */
export function readInQuotes(inner: string): string | undefined {
  const [, what, name] = /^(?:dag\.)?(env|params)\.(\w+)$/.exec(inner) ?? [];
  if (what !== undefined && name !== undefined) return `\${dag.${what}.${name}}`;
  const isRead = /^dag\.(?:logicalDate|id)$/.test(inner) || /^\w+\.output(?:\.\w|\[|$)/.test(inner);
  return isRead ? `\${${inner}}` : undefined;
}

/** The same if what is inside is a variable of the DAG file or a field of one. */
export function variableInQuotes(inner: string, names: ReadonlySet<string> | undefined): string | undefined {
  return names?.has(/^(\w+)(?:\??\.\w+|\[\w+\])*$/.exec(inner)?.[1] ?? '') ? `\${${inner}}` : undefined;
}

/** Every distinct `${…}` in a text for which `meant` gives a replacement. */
export function plainQuotesIn(text: string, meant: (inner: string) => string | undefined): Finding[] {
  if (!text.includes('${')) return [];
  const found = new Map([...text.matchAll(/\$\{([^{}]*)\}/g)].map(([all, inner = '']) => [all, inner.trim()]));
  return [...found].flatMap(([all, inner]) => {
    const instead = meant(inner);
    return instead === undefined ? [] : [{ text: all, instead }];
  });
}
