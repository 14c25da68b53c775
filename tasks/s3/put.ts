import { type ChecksOf, filled, required, type Template, template, that } from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, type OtherNames } from '../checked.ts';
import { placeOf, s3ObjectPath } from './copy.ts';
import { s3 } from './service.ts';

/** An object. */
export interface PutParameters {
  /** `s3://bucket/key`: an object that is there is replaced. */
  readonly to: string;
  /**
   * An object or a list, which is written as JSON, or a reference, whose value is. At most 256 KiB. Without it the object is empty: `_SUCCESS`.
   */
  readonly body?: unknown;
  /** Default: `application/json`; of an empty object S3's own. */
  readonly contentType?: string;
}

export interface PutOutput {
  readonly ETag: string;
}

/**
 * Writes an object of S3: JSON, or nothing. Step Functions writes whatever it is given as JSON, a text in quotes; who wants to write a text as it is
 * writes a function (`lambda.python`, `lambda.typescript`).
 *
 * @example
 * ```ts
 * const to = `s3://lake/runs/${dag.logicalDate}.json`;
 * dag.task('note', s3.put({ to, body: { day: dag.logicalDate, state: 'done' } }));
 * ```
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function put(parameters: PutParameters): Template<PutOutput> {
  return checkedTemplate('s3.put', parameters, PUT, made, OTHER_NAMES);
}

const BODY =
  'an object, a list, or a reference, which is written as JSON; a text as it is, a function writes (`lambda.python`)';
const PUT: ChecksOf<PutParameters> = {
  to: required(s3ObjectPath),
  // Its fields are looked into where the states are made.
  body: that(BODY, (given) => typeof given === 'object' && given !== null),
  contentType: filled,
};

const OTHER_NAMES: OtherNames = {
  data: 'body',
  content: 'body',
  text: 'body',
  s3key: 'to',
  key: 'to',
  path: 'to',
  destkey: 'to',
  s3bucket: 'to',
  bucket: 'to',
  replace: 'An object that is there is replaced.',
  encrypt: "`aws({ service: 's3', action: 'putObject' })` takes it.",
  acl: "`aws({ service: 's3', action: 'putObject' })` takes it.",
  awsconnid: 'The machine’s role calls S3: leave it out.',
};

const RESOURCE = 'arn:aws:states:::aws-sdk:s3:putObject';

function made({ to, body, contentType }: PutParameters): Template<PutOutput> {
  const type = contentType ?? (body === undefined ? undefined : 'application/json');
  return template({
    service: 's3',
    kind: 's3.put',
    outputShape: answerShape(RESOURCE, ['ETag']),
    sample: s3.samples.put,
    charge: s3.prices.request,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          ...placeOf(to),
          ...(body !== undefined && { Body: body }),
          ...(type !== undefined && { ContentType: type }),
        },
        limits,
      ),
    permissions: () => [],
  });
}
