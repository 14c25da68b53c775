import {
  type ChecksOf,
  check,
  misfit,
  required,
  splitTokens,
  type Template,
  template,
  tokenOf,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, type OtherNames, s3Path } from '../checked.ts';
import { s3 } from './service.ts';

/** An object, and where a copy of it goes. */
export interface CopyParameters {
  /** `s3://bucket/key` */
  readonly from: string;
  /** `s3://bucket/key`: an object that is there is replaced. */
  readonly to: string;
}

export interface CopyOutput {
  readonly CopyObjectResult: { readonly ETag?: string; readonly LastModified: string };
}

/**
 * Copies an object within S3, its metadata with it. S3 copies at most 5 GB in one call: what is larger it refuses (`S3.S3Exception`), and a job
 * of Spark or a function must do it. With `s3.delete` behind it the object has moved.
 *
 * @example
 * ```ts
 * dag.task('keep', s3.copy({ from: 's3://lake/in/day.csv', to: `s3://lake/archive/${dag.logicalDate}/day.csv` }));
 * ```
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function copy(parameters: CopyParameters): Template<CopyOutput> {
  return checkedTemplate('s3.copy', parameters, COPY, made, OTHER_NAMES, ({ from, to }) =>
    `${from}` === `${to}`
      ? [{ detail: 'the object is copied onto itself', instead: 'Give to another key, or another bucket.' }]
      : [],
  );
}

const OBJECT = 'the path of an object, `s3://bucket/key`';

/** The path of one object, and not of a folder. */
export const s3ObjectPath = check(OBJECT, (given, where) =>
  typeof given === 'string' && (/^s3:\/\/[^/]+$/.test(given) || given.endsWith('/'))
    ? [misfit(given, where, OBJECT)]
    : s3Path(given, where),
);

const COPY: ChecksOf<CopyParameters> = { from: required(s3ObjectPath), to: required(s3ObjectPath) };

const OTHER_NAMES: OtherNames = {
  source: 'from',
  copysource: 'from',
  sourcebucketkey: 'from',
  sourcebucketname: 'from',
  sourcekey: 'from',
  destination: 'to',
  dest: 'to',
  destbucketkey: 'to',
  destbucketname: 'to',
  target: 'to',
  key: 'to',
  aclpolicy: "`aws({ service: 's3', action: 'copyObject' })` takes it.",
  awsconnid: 'The machine’s role calls S3: leave it out.',
};

const RESOURCE = 'arn:aws:states:::aws-sdk:s3:copyObject';

function made({ from, to }: CopyParameters): Template<CopyOutput> {
  return template({
    service: 's3',
    kind: 's3.copy',
    outputShape: answerShape(RESOURCE, ['CopyObjectResult']),
    sample: s3.samples.copied,
    charge: s3.prices.request,
    lower: (limits) =>
      callFragment(RESOURCE, { ...placeOf(to), CopySource: encoded(`${from}`.slice('s3://'.length)) }, limits),
    permissions: () => [],
  });
}

/** The bucket and the key of `s3://bucket/key`. */
export function placeOf(path: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(`${path}`) as unknown as [string, string, string];
  return { Bucket, Key };
}

/** As S3 takes it, encoded for URLs. What only a run knows stands as it is: a date, an id, a key without blanks and signs. */
function encoded(source: string): string {
  const pieces = splitTokens(source);
  if (pieces.some((piece) => 'broken' in piece)) return source;
  return pieces
    .map((piece) => ('target' in piece ? tokenOf(piece.target) : inUrl((piece as { text: string }).text)))
    .join('');
}

function inUrl(text: string): string {
  const parts = text.split('/').map((part) => encodeURIComponent(part).replace(/%3D/g, '=').replace(/%3A/g, ':'));
  return parts.join('/');
}
