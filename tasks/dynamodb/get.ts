import {
  type ChecksOf,
  expression,
  type Fragment,
  filled,
  flag,
  type LoweringContext,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { checkedTemplate, type OtherNames } from '../checked.ts';
import { attributeValues, key, PLAIN_ITEM, type Value } from './attribute-value.ts';
import { dynamodb } from './service.ts';

/** An item of a table. */
export interface GetParameters {
  /** The table's name or its ARN, also as a value of `dag.env`. */
  readonly table: string;
  /** The whole key, the sort key too where the table has one: a text is S, a number N, a reference S, or N within `dynamodb.number(…)`. */
  readonly key: { readonly [attribute: string]: Value };
  /** That the last writes are seen for sure; it takes twice as much. Default false. */
  readonly consistent?: boolean;
  /** That the item need not be there: `output.Item` is then null. Default false: the task fails with `DynamoDB.ItemNotFound`. */
  readonly optional?: boolean;
}

/**
 * Gets an item of a table of DynamoDB by its key, as plain values: `output.Item.rows` is a number, and not `{ N: '3' }`. An item that is not
 * there fails the task with `DynamoDB.ItemNotFound`, for `skipOn`, unless it is `optional`.
 *
 * @typeParam Item the attributes
 * @example
 * ```ts
 * const last = dag.task('last', dynamodb.get<{ day: string }>({ table: 'state', key: { id: 'last' } }));
 * dag.task('tell', sns.publish({ topic: 'days', message: `since ${last.output.Item.day}` }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
 */
// biome-ignore lint/suspicious/noExplicitAny: an item has attributes of any make, unless its caller says more
export function get<Item = any>(
  parameters: GetParameters & { readonly optional: true },
): Template<{ readonly Item: Item | null }>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export function get<Item = any>(parameters: GetParameters): Template<{ readonly Item: Item }>;
export function get<Item>(parameters: GetParameters): Template<{ readonly Item: Item }> {
  return checkedTemplate('dynamodb.get', parameters, GET, made<Item>, OTHER_NAMES);
}

const GET: ChecksOf<GetParameters> = {
  table: required(filled),
  key: required(key),
  consistent: flag,
  optional: flag,
};

const OTHER_NAMES: OtherNames = {
  tablename: 'table',
  item: 'key',
  partitionkey: 'key',
  partitionkeyname: 'key',
  consistentread: 'consistent',
  missing: 'optional',
  projectionexpression: "`aws({ service: 'dynamodb', action: 'getItem' })` takes it.",
};

function made<Item>(parameters: GetParameters): Template<{ readonly Item: Item }> {
  return template({
    service: 'dynamodb',
    kind: 'dynamodb.get',
    outputShape: () => ({
      kind: 'structure',
      members: new Map([['Item', { required: true, shape: () => ({ kind: 'any' }) }]]),
    }),
    charge: dynamodb.prices.get,
    lower: (context) => lower(parameters, context),
    permissions: () => [],
  });
}

function lower(
  { table, key: given, consistent, optional }: GetParameters,
  { timeoutSeconds }: LoweringContext,
): Fragment {
  return {
    start: '',
    samples: { '': dynamodb.samples.item },
    states: {
      '': {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:getItem',
        Arguments: {
          TableName: table,
          Key: attributeValues(given),
          ...(consistent !== undefined && { ConsistentRead: consistent }),
        },
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        Next: 'found?',
      },
      'found?': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression('$exists($states.input.Item)'),
            Output: { Item: expression(PLAIN_ITEM) },
            Next: 'done',
          },
        ],
        ...(optional && { Output: { Item: null } }),
        Default: optional ? 'done' : 'not found',
      },
      done: { Type: 'Succeed' },
      ...(!optional && {
        'not found': {
          Type: 'Fail',
          Error: 'DynamoDB.ItemNotFound',
          Cause: 'The table has no item with this key.',
        },
      }),
    },
  };
}
