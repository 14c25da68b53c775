import type { QueryLanguage, StateType } from './types.ts';

/**
 * What a field of a state holds.
 * - `plain`: a constant in either query language
 * - `value`: a constant, or in JSONata an expression
 * - `payload`: JSON in which expressions (JSONata) or `key.$` paths (JSONPath) may stand at any depth
 * - `path`: a JSONPath; `reference`: a JSONPath that names one place; `text`: a JSONPath or intrinsic that gives a string
 * - `machine`: states of an inner scope; `list`: retriers, catchers or choice rules
 */
export type Role = 'plain' | 'value' | 'payload' | 'path' | 'reference' | 'text' | 'machine' | 'list';

export interface Field {
  readonly role: Role;
  /** The only query language that has the field; both where it is missing. */
  readonly language?: QueryLanguage;
}
export type Fields = { readonly [name: string]: Field };

const plain: Field = { role: 'plain' };
const value: Field = { role: 'value' };
const payload: Field = { role: 'payload' };
const list: Field = { role: 'list' };
const machine: Field = { role: 'machine' };
const path: Field = { role: 'path', language: 'JSONPath' };
const reference: Field = { role: 'reference', language: 'JSONPath' };
const text: Field = { role: 'text', language: 'JSONPath' };
const pathPayload: Field = { role: 'payload', language: 'JSONPath' };
const jsonataPayload: Field = { role: 'payload', language: 'JSONata' };

const every = { Type: plain, Comment: plain, QueryLanguage: plain };
const filters = { InputPath: path, OutputPath: path, Output: jsonataPayload };
const onward = { Next: plain, End: plain, Assign: payload };
const robust = { Retry: list, Catch: list };
const result = { ResultSelector: pathPayload, ResultPath: reference };

/**
 * The fields of each type of state.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html
 */
export const STATE_FIELDS: { readonly [T in StateType]: Fields } = {
  Task: {
    ...every,
    ...filters,
    ...onward,
    ...robust,
    ...result,
    Resource: plain,
    Parameters: pathPayload,
    Arguments: jsonataPayload,
    Credentials: payload,
    TimeoutSeconds: value,
    TimeoutSecondsPath: path,
    HeartbeatSeconds: value,
    HeartbeatSecondsPath: path,
  },
  Parallel: {
    ...every,
    ...filters,
    ...onward,
    ...robust,
    ...result,
    Branches: machine,
    Parameters: pathPayload,
    Arguments: jsonataPayload,
  },
  Map: {
    ...every,
    ...filters,
    ...onward,
    ...robust,
    ...result,
    ItemProcessor: machine,
    Iterator: machine,
    Items: jsonataPayload,
    ItemsPath: path,
    ItemSelector: payload,
    Parameters: pathPayload,
    MaxConcurrency: value,
    MaxConcurrencyPath: path,
    ItemReader: payload,
    ItemBatcher: payload,
    ResultWriter: payload,
    ToleratedFailureCount: value,
    ToleratedFailureCountPath: path,
    ToleratedFailurePercentage: value,
    ToleratedFailurePercentagePath: path,
    Label: plain,
  },
  Choice: { ...every, ...filters, Choices: list, Default: plain, Assign: payload },
  Wait: {
    ...every,
    ...filters,
    ...onward,
    Seconds: value,
    SecondsPath: path,
    Timestamp: value,
    TimestampPath: path,
  },
  Pass: {
    ...every,
    ...filters,
    ...onward,
    Result: { role: 'plain', language: 'JSONPath' },
    ResultPath: reference,
    Parameters: pathPayload,
  },
  Succeed: { ...every, ...filters },
  Fail: { ...every, Error: value, Cause: value, ErrorPath: text, CausePath: text },
};

/** The fields that each type of state needs: one of each group. Next or End is another matter. */
export const REQUIRED_FIELDS: { readonly [T in StateType]: readonly (readonly string[])[] } = {
  Task: [['Resource']],
  Parallel: [['Branches']],
  Map: [['ItemProcessor', 'Iterator']],
  Choice: [['Choices']],
  Wait: [['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  Pass: [],
  Succeed: [],
  Fail: [],
};

/** The fields of the objects within a Map: its reader, batcher, writer and processor, and their configurations. */
export const MAP_PART_FIELDS: readonly string[] = (
  'ReaderConfig InputType Transformation CSVDelimiter CSVHeaderLocation CSVHeaders ManifestType ItemsPointer MaxItems ' +
  'MaxItemsPath BatchInput MaxItemsPerBatch MaxItemsPerBatchPath MaxInputBytesPerBatch MaxInputBytesPerBatchPath ' +
  'WriterConfig OutputType ProcessorConfig Mode ExecutionType'
).split(' ');

export const RETRIER_FIELDS: Fields = {
  Comment: plain,
  ErrorEquals: plain,
  IntervalSeconds: plain,
  MaxAttempts: plain,
  BackoffRate: plain,
  MaxDelaySeconds: plain,
  JitterStrategy: plain,
};
export const CATCHER_FIELDS: Fields = {
  Comment: plain,
  ErrorEquals: plain,
  Next: plain,
  ResultPath: reference,
  Output: jsonataPayload,
  Assign: payload,
};
/** A rule of a Choice, without the comparisons of JSONPath rules: CHOICE_OPERATORS. */
export const CHOICE_RULE_FIELDS: Fields = {
  Comment: plain,
  Condition: { role: 'value', language: 'JSONata' },
  Next: plain,
  Output: jsonataPayload,
  Assign: payload,
  Variable: path,
  And: { role: 'list', language: 'JSONPath' },
  Or: { role: 'list', language: 'JSONPath' },
  Not: { role: 'list', language: 'JSONPath' },
};

/** Every field of states, and of the objects within them, but for the comparisons of JSONPath rules: CHOICE_OPERATORS. */
export const FIELD_NAMES: ReadonlySet<string> = new Set([
  ...[...Object.values(STATE_FIELDS), RETRIER_FIELDS, CATCHER_FIELDS, CHOICE_RULE_FIELDS].flatMap((fields) =>
    Object.keys(fields),
  ),
  ...MAP_PART_FIELDS,
]);

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
