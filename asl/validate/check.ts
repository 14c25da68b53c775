import { isObject, type Json } from '../json/value.ts';
import type { Draft } from './draft.ts';
import { indexMachine } from './machine.ts';
import { type Reported, Reports } from './report.ts';
import { RULES } from './rules/index.ts';
import { templateOf } from './templates.ts';

export interface ValidateOptions {
  /** The machine is meant for an Express workflow, which cannot do all that a Standard one can. */
  readonly express?: boolean;
  /** The definition is what AWS gets: what looks like a placeholder or a function of CloudFormation is text like any other. */
  readonly filledIn?: boolean;
}

/** Every rule over a document that has been read, whatever it was written in. */
export function check({ value, untyped }: Draft, options: ValidateOptions): readonly Reported[] {
  const reports = new Reports();
  const template = templateOf(value);
  if (template !== undefined) reports.report('ASL006', template, '');
  else if (!isObject(value)) reports.report('ASL005', { found: kindOf(value) }, '');
  else {
    const machine = indexMachine(value, untyped);
    for (const rule of RULES) rule.check(machine, reports.report, { express: options.express === true });
  }
  return reports.finish();
}

/** What a document is instead of an object, in words. */
function kindOf(value: Json): string {
  if (value === null) return 'empty';
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return /^\s*\{\s*"/.test(value) ? 'a text that has JSON in it' : 'a text';
}
