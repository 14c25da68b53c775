import type { Draft } from './draft.ts';
import { indexMachine, isObject } from './machine.ts';
import { type Reported, Reports } from './report.ts';
import { RULES } from './rules/index.ts';
import { templateOf } from './templates.ts';

export interface ValidateOptions {
  /** The machine is meant for an Express workflow, which cannot do all that a Standard one can. */
  readonly express?: boolean;
}

/** Every rule over a document that has been read, whatever it was written in. */
export function check({ value, untyped }: Draft, options: ValidateOptions): readonly Reported[] {
  const reports = new Reports();
  const template = templateOf(value);
  if (template !== undefined) reports.report('ASL006', template, '');
  else if (!isObject(value)) reports.report('ASL005', {}, '');
  else {
    const machine = indexMachine(value, untyped);
    for (const rule of RULES) rule.check(machine, reports.report, { express: options.express === true });
  }
  return reports.finish();
}
