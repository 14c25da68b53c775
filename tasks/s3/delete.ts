import { failedAnswer, readResource } from '../../asl/services/index.ts';
import {
  type ChecksOf,
  check,
  contextReference,
  expression,
  type Fragment,
  filled,
  isReference,
  type LoweringContext,
  misfit,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { callFragment, failureStates } from '../call.ts';
import { bucketName, type Conflict, checkedTemplate, filledValues, type OtherNames } from '../checked.ts';
import { beginsKnown, listsBelow, PAGE } from './pages.ts';
import { s3 } from './service.ts';

/** Objects that are to be gone: `keys`, or all below `prefix`. */
export interface DeleteParameters {
  /** The bucket's name, also as a value of `dag.env`. */
  readonly bucket: string;
  /** One key, or up to 1,000. One that is not there counts as deleted. */
  readonly keys?: string | readonly string[];
  /** What the keys begin with: `` `tmp/${dag.logicalDate}/` ``. It begins with a text that is known now, so that no run empties the bucket. */
  readonly prefix?: string;
}

/**
 * Deletes objects of S3. An object that S3 does not delete fails the task with `S3.Errors`, also where others were deleted. Below a prefix it lists
 * and deletes 200 objects at a time until there are none; `executionTimeout` ends that where somebody goes on writing there. In a bucket with
 * versions it is the current ones that go, behind a delete marker.
 *
 * @example
 * ```ts
 * dag.task('one', s3.delete({ bucket: 'lake', keys: `in/${dag.logicalDate}.csv` }));
 * dag.task('tidy', s3.delete({ bucket: 'lake', prefix: `tmp/${dag.logicalDate}/` }), { executionTimeout: '30m', triggerRule: 'all_done' });
 * ```
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export function deleteObjects(parameters: DeleteParameters): Template<Record<string, never>> {
  return checkedTemplate('s3.delete', parameters, DELETE, made, OTHER_NAMES, together);
}

const MOST = 1000;
const KEYS = `a key, or a list of 1 to ${MOST} keys`;
const PREFIX = 'a text that begins with something known now, `` `tmp/${dag.logicalDate}/` ``';
const DELETE: ChecksOf<DeleteParameters> = {
  bucket: required(bucketName),
  keys: check(KEYS, (given, where) => {
    if (!Array.isArray(given))
      return typeof given === 'string' || isReference(given) ? filled(given, where) : [misfit(given, where, KEYS)];
    return given.length >= 1 && given.length <= MOST ? filledValues(given, where) : [misfit(given, where, KEYS)];
  }),
  prefix: check(PREFIX, (given, where) => (beginsKnown(given) ? filled(given, where) : [misfit(given, where, PREFIX)])),
};

const OTHER_NAMES: OtherNames = {
  bucketname: 'bucket',
  key: 'keys',
  objects: 'keys',
  path: 'prefix',
  folder: 'prefix',
  fromdatetime: 'A lifecycle rule of the bucket deletes what is old.',
  todatetime: 'A lifecycle rule of the bucket deletes what is old.',
  awsconnid: 'The machine’s role calls S3: leave it out.',
};

function together({ keys, prefix }: DeleteParameters): Conflict[] {
  if ((keys === undefined) !== (prefix === undefined)) return [];
  return [
    keys === undefined
      ? { detail: 'there are neither keys nor a prefix', instead: 'Give keys, or the prefix of what is to be deleted.' }
      : { detail: 'there are keys, and a prefix beside them', instead: 'Leave one of them out.' },
  ];
}

/** Stands in a key for what only a run knows. */
const ANY = contextReference('Execution', 'Id');
const ONE = 'arn:aws:states:::aws-sdk:s3:deleteObject';
const MANY = 'arn:aws:states:::aws-sdk:s3:deleteObjects';

function made(parameters: DeleteParameters): Template<Record<string, never>> {
  const { bucket, keys, prefix } = parameters;
  return template({
    service: 's3',
    kind: 's3.delete',
    outputFields: {},
    sample: Array.isArray(keys) ? s3.samples.deleted : {},
    charge: s3.prices.delete,
    lower: (context) => {
      if (prefix !== undefined) return below(bucket, prefix, context);
      if (!Array.isArray(keys)) return callFragment(ONE, { Bucket: bucket, Key: keys }, context);
      const Objects = keys.map((Key) => ({ Key }));
      return callFragment(MANY, { Bucket: bucket, Delete: { Objects, Quiet: true } }, context);
    },
    permissions: () => [],
    conditions: () => listsBelow(prefix),
  });
}

function below(bucket: string, prefix: string, { timeoutSeconds }: LoweringContext): Fragment {
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  return {
    start: '',
    samples: { '': s3.samples.none },
    states: {
      '': {
        Type: 'Task',
        Comment: 'The first objects that are left.',
        Resource: 'arn:aws:states:::aws-sdk:s3:listObjectsV2',
        Arguments: { Bucket: bucket, Prefix: prefix, MaxKeys: PAGE },
        ...limit,
        Next: 'any?',
      },
      'any?': {
        Type: 'Choice',
        Choices: [{ Condition: expression('$exists($states.input.Contents[0])'), Next: 'delete' }],
        Default: 'done',
      },
      delete: {
        Type: 'Task',
        Resource: MANY,
        Arguments: {
          Bucket: bucket,
          Delete: {
            Objects: expression("[$states.input.Contents.{'Key': Key}]", [{ Key: `${prefix}${ANY}` }]),
            Quiet: true,
          },
        },
        ...limit,
        Next: 'failed?',
      },
      ...failureStates(failedAnswer(readResource(MANY))!, ''),
      done: { Type: 'Succeed', Output: {} },
    },
  };
}
