import type { Json, JsonObject } from '../../json/value.ts';
import { CHOICE_OPERATORS, type Operand } from '../../language/fields.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import { objects } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';
import { nestedRules } from './schema.ts';
import { timestampFault } from './times.ts';

const MUST: { readonly [O in Operand]: string } = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  timestamp: 'a timestamp such as "2026-03-14T01:59:00Z"',
  path: 'a JSONPath',
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export const choice: Rule = {
  purpose: 'A JSONPath choice rule has exactly one comparison, with a value of its kind.',
  check({ states, untyped }, report) {
    for (const { json, path, type, language } of states) {
      if (type !== 'Choice' || language !== 'JSONPath') continue;
      const pending = objects(json.Choices).map(([i, rule]) => ({ rule, path: `${path}/Choices/${i}`, top: true }));
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        checkRule(next.rule, next.path, next.top, untyped, report);
        for (const { rule, at } of nestedRules(next.rule))
          pending.push({ rule, path: `${next.path}/${at}`, top: false });
      }
    }
  },
};

function checkRule(rule: JsonObject, path: string, top: boolean, untyped: ReadonlySet<string>, report: Report): void {
  const comparisons = Object.keys(rule).filter((field) => CHOICE_OPERATORS.has(field));
  const operators = [...comparisons, ...['And', 'Or', 'Not'].filter((field) => rule[field] !== undefined)];
  const open = hasFieldsLater(rule);
  if (operators.length === 0 && !open) report('ASL034', {}, path);
  else if (operators.length > 1) report('ASL035', { operators }, path);
  const [operator] = operators;
  if (comparisons.length === 0 && operator !== undefined && rule.Variable !== undefined)
    report('ASL038', { operator }, `${path}/Variable`, { onKey: true });
  if (comparisons.length > 0 && rule.Variable === undefined && !open)
    report('ASL010', { what: 'This choice rule', field: 'Variable' }, path);
  for (const operator of comparisons) {
    const operand = CHOICE_OPERATORS.get(operator)!;
    if (!fits(rule[operator]!, operand) && !untyped.has(`${path}/${operator}`))
      report('ASL036', { operator, must: MUST[operand] }, `${path}/${operator}`);
  }
  if (top) {
    if (rule.Next === undefined && !open) report('ASL010', { what: 'This choice rule', field: 'Next' }, path);
    return;
  }
  for (const field of ['Next', 'Assign', 'Output'])
    if (rule[field] !== undefined) report('ASL037', { field }, `${path}/${field}`, { onKey: true });
}

function fits(value: Json, operand: Operand): boolean {
  if (operand === 'timestamp')
    return typeof value === 'string' && (isFilledLater(value) || timestampFault(value) === undefined);
  return typeof value === (operand === 'path' ? 'string' : operand);
}
