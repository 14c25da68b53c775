import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';

/**
 * The names of buckets that were deleted: for a while, which may be an hour, S3 takes them for no new bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export class BucketNames {
  readonly #deleted = new Set<string>();

  /** The refusal of a bucket whose name is not free yet. */
  refusal(call: AwsCall): Answer | undefined {
    if (!isS3(call, 'CreateBucket') || !this.#deleted.has(textOf(call, 'Bucket'))) return undefined;
    return refusal(call, {
      code: 'OperationAborted',
      message: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
      status: 409,
    });
  }

  /** Takes note of a bucket that was deleted. */
  note(call: AwsCall, { status }: Answer): void {
    if (isS3(call, 'DeleteBucket') && status < 300) this.#deleted.add(textOf(call, 'Bucket'));
  }

  forget(): void {
    this.#deleted.clear();
  }
}

function isS3({ service, operation }: AwsCall, name: string): boolean {
  return service === 's3' && operation === name;
}
