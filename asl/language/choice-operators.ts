/** What a comparison of a JSONPath choice rule compares with. */
export type Operand = 'string' | 'number' | 'boolean' | 'timestamp' | 'path';

const ordered = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const kinds = { String: 'string', Numeric: 'number', Timestamp: 'timestamp' } as const;

function operators(): Map<string, Operand> {
  const all = new Map<string, Operand>();
  for (const [prefix, operand] of Object.entries(kinds))
    for (const comparison of ordered) all.set(prefix + comparison, operand).set(`${prefix}${comparison}Path`, 'path');
  all.set('BooleanEquals', 'boolean').set('BooleanEqualsPath', 'path').set('StringMatches', 'string');
  for (const test of ['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp']) all.set(`Is${test}`, 'boolean');
  return all;
}

/**
 * The comparisons of JSONPath choice rules.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export const CHOICE_OPERATORS: ReadonlyMap<string, Operand> = operators();
