import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { aslIn } from '../asl-texts.ts';
import { jinjaIn } from '../jinja.ts';
import { withoutMarks } from '../token.ts';
import type { Where } from './check.ts';

/** What is written as Airflow or Step Functions would have it, and that nobody fills in. What is verbatim keeps its marks, and is none of it. */
export function foreignTexts(text: string, where: string, at: Where['at']): Diagnostic[] {
  const plain = text.replaceAll(/\uFDD0[^\uFDD1]*\uFDD1/g, '…');
  const jinja = jinjaIn(plain).map((one) => diagnose('DAG074', { where, ...one }, at));
  // `{% set x = $y %}` is Jinja, and told as such.
  return jinja.length > 0 ? jinja : aslIn(plain).map((one) => diagnose('DAG155', { where, ...one }, at));
}

/** The same in everything that a declaration holds, which is the same for every run. */
export function foreignIn(value: unknown, where: string, at: Where['at']): Diagnostic[] {
  const told = textsIn(value).flatMap((text) => foreignTexts(text, where, at));
  return told.map((one) => ({
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
