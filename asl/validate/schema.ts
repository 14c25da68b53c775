import {
  CATCHER_FIELDS,
  CHOICE_OPERATORS,
  CHOICE_RULE_FIELDS,
  type Fields,
  REQUIRED_FIELDS,
  RETRIER_FIELDS,
  STATE_FIELDS,
} from '../language/fields.ts';
import { LIMITS } from '../language/limits.ts';
import type { QueryLanguage, StateType } from '../language/types.ts';
import { EXPRESSION, NUMBER } from './schema-faults.ts';

type Schema = { readonly [keyword: string]: unknown };

const string: Schema = { type: 'string' };
const name: Schema = { type: 'string', minLength: 1 };
const object: Schema = { type: 'object' };
const path: Schema = { type: ['string', 'null'] };

const integer = (minimum: number, maximum?: number): Schema => ({
  type: 'integer',
  minimum,
  ...(maximum !== undefined && { maximum }),
});
/** A number, in JSONata also an expression. */
const computed = (number: Schema, language: QueryLanguage): Schema =>
  language === 'JSONPath' ? number : { ...number, type: [number.type, 'string'], pattern: NUMBER };

/** An object that has these fields and no other. */
const fixed = (properties: { readonly [field: string]: Schema }, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
/** What a reader or writer hands to S3. The field of the other query language may hold anything: rules/fields.ts reports it. */
const callArguments = (language: QueryLanguage): { readonly [field: string]: Schema } => ({
  Parameters: language === 'JSONPath' ? object : {},
  Arguments: language === 'JSONata' ? { type: ['object', 'string'], pattern: EXPRESSION } : {},
});
const pathInstead = (field: string, language: QueryLanguage): { readonly [field: string]: Schema } => ({
  [`${field}Path`]: language === 'JSONPath' ? string : {},
});

/** The values of the fields, by name: a name means the same on every type of state. */
const VALUES: { readonly [field: string]: Schema | ((language: QueryLanguage) => Schema) } = {
  Type: string,
  Comment: string,
  QueryLanguage: { enum: ['JSONPath', 'JSONata'] },
  Next: name,
  End: { type: 'boolean' },
  Default: name,
  InputPath: path,
  OutputPath: path,
  ResultPath: path,
  Assign: object,
  ResultSelector: object,
  Resource: name,
  Credentials: (language) => (language === 'JSONPath' ? object : { type: ['object', 'string'], pattern: EXPRESSION }),
  Arguments: { type: ['object', 'string'], pattern: EXPRESSION },
  TimeoutSeconds: (language) => computed(integer(1, LIMITS.waitSeconds), language),
  HeartbeatSeconds: (language) => computed(integer(1, LIMITS.waitSeconds), language),
  TimeoutSecondsPath: string,
  HeartbeatSecondsPath: string,
  Retry: { type: 'array' },
  Catch: { type: 'array' },
  Branches: { type: 'array', minItems: 1 },
  ItemProcessor: object,
  Iterator: object,
  Items: { type: ['array', 'object', 'string'], pattern: EXPRESSION },
  ItemsPath: string,
  MaxConcurrency: (language) => computed(integer(0), language),
  MaxConcurrencyPath: string,
  ItemReader: (language) =>
    fixed(
      {
        Comment: string,
        Resource: name,
        ...callArguments(language),
        ReaderConfig: fixed({
          InputType: { enum: ['CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'] },
          Transformation: { enum: ['NONE', 'LOAD_AND_FLATTEN'] },
          CSVDelimiter: { enum: ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'] },
          ManifestType: { enum: ['ATHENA_DATA', 'S3_INVENTORY'] },
          CSVHeaderLocation: { enum: ['FIRST_ROW', 'GIVEN'] },
          CSVHeaders: { type: 'array', items: string },
          ItemsPointer: string,
          MaxItems: computed(integer(0), language),
          ...pathInstead('MaxItems', language),
        }),
      },
      ['Resource'],
    ),
  ItemBatcher: (language) =>
    fixed({
      Comment: string,
      BatchInput: language === 'JSONPath' ? object : {},
      MaxItemsPerBatch: computed(integer(1), language),
      MaxInputBytesPerBatch: computed(integer(1), language),
      ...pathInstead('MaxItemsPerBatch', language),
      ...pathInstead('MaxInputBytesPerBatch', language),
    }),
  ResultWriter: (language) =>
    fixed({
      Comment: string,
      Resource: name,
      ...callArguments(language),
      WriterConfig: fixed(
        { OutputType: { enum: ['JSON', 'JSONL'] }, Transformation: { enum: ['NONE', 'COMPACT', 'FLATTEN'] } },
        ['OutputType'],
      ),
    }),
  ToleratedFailureCount: (language) => computed(integer(0), language),
  ToleratedFailureCountPath: string,
  ToleratedFailurePercentage: (language) => computed({ type: 'number', minimum: 0, maximum: 100 }, language),
  ToleratedFailurePercentagePath: string,
  Label: string,
  Choices: { type: 'array', minItems: 1 },
  Seconds: (language) => computed(integer(0, LIMITS.waitSeconds), language),
  SecondsPath: string,
  Timestamp: string,
  TimestampPath: string,
  Error: string,
  Cause: string,
  ErrorPath: string,
  CausePath: string,
  ErrorEquals: { type: 'array', minItems: 1, items: string },
  IntervalSeconds: integer(1, LIMITS.waitSeconds),
  MaxAttempts: integer(0, LIMITS.waitSeconds),
  BackoffRate: { type: 'number', minimum: 1 },
  MaxDelaySeconds: integer(1, 31_622_399),
  JitterStrategy: { enum: ['FULL', 'NONE'] },
  Condition: { type: ['string', 'boolean'], pattern: EXPRESSION },
  Variable: string,
  And: { type: 'array', minItems: 1 },
  Or: { type: 'array', minItems: 1 },
  Not: object,
};

/** The fields that a state needs by themselves; of groups of which it needs one, rules/fields.ts. */
const required = (type: StateType): string[] =>
  REQUIRED_FIELDS[type].flatMap(([field, ...others]) => (field !== undefined && others.length === 0 ? [field] : []));

/** A field of the other query language may hold anything here: rules/fields.ts reports it. */
function fieldsSchema(fields: Fields, language: QueryLanguage, required: readonly string[]): Schema {
  const properties = Object.entries(fields).map(([field, { language: only }]): [string, Schema] => {
    const value = only !== undefined && only !== language ? undefined : VALUES[field];
    return [field, typeof value === 'function' ? value(language) : (value ?? {})];
  });
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}

const machineFields: { readonly [field: string]: Schema } = {
  Comment: string,
  StartAt: name,
  States: { type: 'object', minProperties: 1 },
};
const machineSchema = (more: { readonly [field: string]: Schema } = {}): Schema => ({
  type: 'object',
  properties: { ...machineFields, ...more },
  required: ['StartAt', 'States'],
  additionalProperties: false,
});
const processorConfig: Schema = {
  type: 'object',
  properties: { Mode: { enum: ['INLINE', 'DISTRIBUTED'] }, ExecutionType: { enum: ['STANDARD', 'EXPRESS'] } },
  additionalProperties: false,
};

/**
 * The JSON schemas of the Amazon States Language, one for each kind of object and query language. None of them reaches
 * into inner machines or nested rules: the index walks those, so that no depth of nesting overflows the stack.
 */
export function schemas(): { readonly [name: string]: Schema } {
  const all: { [name: string]: Schema } = {
    machine: machineSchema({
      QueryLanguage: VALUES.QueryLanguage as Schema,
      TimeoutSeconds: integer(1, LIMITS.waitSeconds),
      Version: string,
    }),
    branch: machineSchema(),
    processor: machineSchema({ ProcessorConfig: processorConfig }),
  };
  const operators = Object.fromEntries([...CHOICE_OPERATORS.keys()].map((operator) => [operator, { role: 'plain' }]));
  for (const language of ['JSONPath', 'JSONata'] as const) {
    for (const type of Object.keys(STATE_FIELDS) as StateType[])
      all[type + language] = fieldsSchema(STATE_FIELDS[type], language, required(type));
    all[`retrier${language}`] = fieldsSchema(RETRIER_FIELDS, language, ['ErrorEquals']);
    all[`catcher${language}`] = fieldsSchema(CATCHER_FIELDS, language, ['ErrorEquals', 'Next']);
    const rule = language === 'JSONPath' ? { ...CHOICE_RULE_FIELDS, ...(operators as Fields) } : CHOICE_RULE_FIELDS;
    all[`rule${language}`] = fieldsSchema(rule, language, language === 'JSONata' ? ['Condition', 'Next'] : []);
  }
  return all;
}
