import type { ResultMember, ResultShape } from '../../asl/services/sdk-results.ts';
import {
  type ChecksOf,
  expression,
  type Fragment,
  filled,
  type LoweringContext,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { bucketName, checkedTemplate, type OtherNames } from '../checked.ts';
import { listsBelow, PAGE } from './pages.ts';
import { s3 } from './service.ts';

/** Objects of a bucket. */
export interface ListParameters {
  /** The bucket's name, also as a value of `dag.env`. */
  readonly bucket: string;
  /** What their keys begin with: `in/`, `` `in/${dag.logicalDate}/` ``. Default: all objects. */
  readonly prefix?: string;
  /**
   * How many there may be, 1 to 2,000. Default 1,000: as many as fit into the 256 KiB of an output with keys of 150 characters. Where there are
   * more, the task fails with `S3.TooManyObjects`.
   */
  readonly maxKeys?: number;
}

export interface ListedObject {
  readonly Key: string;
  readonly Size: number;
  readonly LastModified: string;
}

export interface ListOutput {
  /** In the order of their keys. */
  readonly Objects: readonly ListedObject[];
}

/**
 * Lists the objects of a bucket below a prefix, all of them: 200 with each call, so that a call more is made for each 200. A list of more than
 * `maxKeys` is no list with some left out, but fails. What lists millions is a distributed Map with an ItemReader, or an inventory.
 *
 * @example
 * ```ts
 * const files = dag.task('files', s3.list({ bucket: 'lake', prefix: `in/${dag.logicalDate}/` }));
 * const first = s3.copy({ from: `s3://lake/${files.output.Objects[0]!.Key}`, to: 's3://lake/first.csv' });
 * dag.task('first', first).after(dag.shortCircuit('any', () => files.output.Objects.length > 0));
 * ```
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function list(parameters: ListParameters): Template<ListOutput> {
  return checkedTemplate('s3.list', parameters, LIST, made, OTHER_NAMES);
}

const MOST = 2000;
const DEFAULT = 1000;

const LIST: ChecksOf<ListParameters> = {
  bucket: required(bucketName),
  prefix: filled,
  maxKeys: wholeNumber(1, MOST),
};

const OTHER_NAMES: OtherNames = {
  bucketname: 'bucket',
  path: 'prefix',
  folder: 'prefix',
  key: 'prefix',
  maxitems: 'maxKeys',
  limit: 'maxKeys',
  pagesize: 'maxKeys',
  delimiter: "`aws({ service: 's3', action: 'listObjectsV2' })` takes it, and answers one page.",
  applywildcard:
    'Give the prefix before the first asterisk, and look at the keys where the list is read: `files.output.Objects.filter(…)`.',
  awsconnid: 'The machine’s role calls S3: leave it out.',
};

function made(parameters: ListParameters): Template<ListOutput> {
  return template({
    service: 's3',
    kind: 's3.list',
    outputShape: () => OUTPUT,
    charge: s3.prices.list,
    lower: (context) => lower(parameters, context),
    permissions: () => [],
    conditions: () => listsBelow(parameters.prefix),
  });
}

const known = (kind: 'string' | 'integer' | 'timestamp'): ResultMember => ({ required: true, shape: () => ({ kind }) });
const OBJECT: ResultShape = {
  kind: 'structure',
  members: new Map([
    ['Key', known('string')],
    ['Size', known('integer')],
    ['LastModified', known('timestamp')],
  ]),
};
const OUTPUT: ResultShape = {
  kind: 'structure',
  members: new Map([['Objects', { required: true, shape: () => ({ kind: 'list', of: () => OBJECT }) }]]),
};

const LIST_OBJECTS = 'arn:aws:states:::aws-sdk:s3:listObjectsV2';
const PAGE_OBJECTS = "$states.result.Contents.{'Key': Key, 'Size': Size, 'LastModified': LastModified}";

function lower({ bucket, prefix, maxKeys = DEFAULT }: ListParameters, { timeoutSeconds }: LoweringContext): Fragment {
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  const asked = { Bucket: bucket, ...(prefix !== undefined && { Prefix: prefix }), MaxKeys: PAGE };
  const more = '$states.input.IsTruncated = true';
  return {
    start: '',
    variables: ['objects'],
    samples: { '': s3.samples.page, 'next page': s3.samples.page },
    states: {
      '': {
        Type: 'Task',
        Resource: LIST_OBJECTS,
        Arguments: asked,
        ...limit,
        Assign: { objects: expression(`[${PAGE_OBJECTS}]`) },
        Next: 'more?',
      },
      'more?': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression(`$count($objects) > ${maxKeys} or ($count($objects) = ${maxKeys} and ${more})`),
            Next: 'too many',
          },
          { Condition: expression(more), Next: 'next page' },
        ],
        Output: { Objects: expression('$objects') },
        Default: 'done',
      },
      'next page': {
        Type: 'Task',
        Resource: LIST_OBJECTS,
        Arguments: { ...asked, ContinuationToken: expression('$states.input.NextContinuationToken') },
        ...limit,
        Assign: { objects: expression(`[$objects, ${PAGE_OBJECTS}]`) },
        Next: 'more?',
      },
      done: { Type: 'Succeed' },
      'too many': {
        Type: 'Fail',
        Error: 'S3.TooManyObjects',
        Cause: `There are more than ${maxKeys} objects.`,
      },
    },
  };
}
