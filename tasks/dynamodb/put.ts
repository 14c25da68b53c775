import { type ChecksOf, filled, required, type Template, template } from '../../authoring/internal.ts';
import { callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, type OtherNames, textMap } from '../checked.ts';
import { attributeValues, item, type Value } from './attribute-value.ts';
import { dynamodb } from './service.ts';

/** An item into a table. */
export interface PutParameters {
  /** The table's name or its ARN, also as a value of `dag.env`. */
  readonly table: string;
  /**
   * The item, as plain values: a text is S, a number N, true and false BOOL, null NULL, a list L, an object M; a reference is S, or N within
   * `dynamodb.number(…)`. An item with the same key is replaced.
   */
  readonly item: { readonly [attribute: string]: Value };
  /** Under which condition alone, in DynamoDB's words: `attribute_not_exists(id)`. Else the task fails. */
  readonly condition?: string;
  /** What the condition's `:values` stand for: `{ ':day': dag.logicalDate }`. */
  readonly values?: { readonly [name: string]: Value };
  /** What its `#names` stand for: `{ '#day': 'day' }`. */
  readonly names?: { readonly [name: string]: string };
}

/**
 * Puts an item into a table of DynamoDB. Where the condition does not hold, the task fails with
 * `DynamoDB.ConditionalCheckFailedException`, for `skipOn`.
 *
 * @example
 * ```ts
 * const item = { id: dag.logicalDate, state: 'done', tries: 1, tags: ['daily'] };
 * dag.task('remember', dynamodb.put({ table: 'days', item, condition: 'attribute_not_exists(id)' }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
 */
export function put(parameters: PutParameters): Template<Record<string, never>> {
  return checkedTemplate('dynamodb.put', parameters, PUT, made, OTHER_NAMES, together);
}

const PUT: ChecksOf<PutParameters> = {
  table: required(filled),
  item: required(item),
  condition: filled,
  values: item,
  names: textMap,
};

const OTHER_NAMES: OtherNames = {
  tablename: 'table',
  data: 'item',
  items: "One item is put at a time: `aws({ service: 'dynamodb', action: 'batchWriteItem' })` takes 25.",
  conditionexpression: 'condition',
  expressionattributevalues: 'values',
  expressionattributenames: 'names',
};

function together({ condition, values, names }: PutParameters): Conflict[] {
  if (condition !== undefined) return [];
  const given = Object.entries({ values, names }).flatMap(([field, one]) => (one === undefined ? [] : [field]));
  return given.length === 0
    ? []
    : [
        {
          detail: `${given.join(' and ')} are for a condition, and there is none`,
          instead: `Give condition, or leave ${given.join(' and ')} out.`,
        },
      ];
}

function made({ table, item: given, condition, values, names }: PutParameters): Template<Record<string, never>> {
  return template({
    service: 'dynamodb',
    kind: 'dynamodb.put',
    outputFields: {},
    sample: dynamodb.samples.put,
    charge: dynamodb.prices.put,
    lower: (limits) =>
      callFragment(
        'arn:aws:states:::dynamodb:putItem',
        {
          TableName: table,
          Item: attributeValues(given),
          ...(condition !== undefined && { ConditionExpression: condition }),
          ...(values && { ExpressionAttributeValues: attributeValues(values) }),
          ...(names && { ExpressionAttributeNames: names }),
        },
        limits,
      ),
    permissions: () => [],
  });
}
