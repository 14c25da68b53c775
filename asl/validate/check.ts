import { isObject, type Json } from '../json/value.ts';
import type { Draft } from './draft.ts';
import { machineNames } from './embedded/definition.ts';
import { definitionsIn } from './embedded/find.ts';
import { indexMachine } from './machine.ts';
import { type Report, type Reported, Reports, type Rule } from './rule.ts';
import { callArguments } from './rules/call-arguments.ts';
import { choice } from './rules/choice.ts';
import { errors } from './rules/errors.ts';
import { express } from './rules/express.ts';
import { exclusiveFields, queryLanguage } from './rules/fields.ts';
import { names, nextOrEnd, reachability, targets, terminal } from './rules/graph.ts';
import { produced } from './rules/input-fields.ts';
import { jsonata } from './rules/jsonata.ts';
import { map, mapData } from './rules/map.ts';
import { paths } from './rules/paths.ts';
import { schema, spelling } from './rules/schema.ts';
import { credentials, resource, taskToken } from './rules/task.ts';
import { timeouts, timestamps } from './rules/times.ts';
import { variables } from './rules/variables.ts';
import { Spelling } from './spelling.ts';

export interface ValidateOptions {
  /** The machine is meant for an Express workflow, which cannot do all that a Standard one can. */
  readonly express?: boolean;
  /** The definition is what AWS gets: what looks like a placeholder or a function of CloudFormation is text like any other. */
  readonly filledIn?: boolean;
}

/** Every check, in no particular order: none relies on another. */
export const RULES: readonly Rule[] = [
  schema,
  spelling,
  exclusiveFields,
  names,
  targets,
  reachability,
  terminal,
  nextOrEnd,
  queryLanguage,
  jsonata,
  paths,
  produced,
  variables,
  errors,
  timeouts,
  timestamps,
  choice,
  map,
  mapData,
  resource,
  callArguments,
  credentials,
  taskToken,
  express,
];

/** Every rule over a document that has been read, whatever it was written in. */
export function check({ value, untyped }: Draft, options: ValidateOptions): readonly Reported[] {
  const reports = new Reports();
  const container = definitionsIn(value);
  if (container !== undefined)
    reports.report('ASL006', { what: container.what, machines: machineNames(container) }, '');
  else if (!isObject(value)) reports.report('ASL005', { found: kindOf(value) }, '');
  else {
    const corrected = new Spelling();
    const machine = indexMachine(value, untyped, corrected);
    const report: Report = (code, args, path, mark) => reports.report(code, args, corrected.writtenPath(path), mark);
    for (const rule of RULES) rule.check(machine, report, { express: options.express === true });
  }
  return reports.finish();
}

/** What a document is instead of an object, in words. */
function kindOf(value: Json): string {
  if (value === null) return 'empty';
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return /^\s*\{\s*"/.test(value) ? 'a text that has JSON in it' : 'a text';
}
