/**
 * The endpoint knows the partition `aws` alone. On the way to it, and back, ARNs of the partition that is tested and those of `aws` change
 * places: what the client says of its own partition is the endpoint's own, and what it wrongly says of `aws` stays told apart from that.
 */
export class PartitionSwap {
  readonly #pattern: RegExp | undefined;
  readonly #partition: string;

  constructor(partition: string) {
    this.#partition = partition;
    // In paths and forms colons are escaped.
    this.#pattern = partition === 'aws' ? undefined : new RegExp(`arn(:|%3A)(aws|${partition})(?=\\1)`, 'g');
  }

  text(text: string): string {
    if (this.#pattern === undefined) return text;
    return text.replace(
      this.#pattern,
      (_, colon: string, found: string) => `arn${colon}${found === 'aws' ? this.#partition : 'aws'}`,
    );
  }

  bytes(body: Buffer): Buffer {
    return this.#pattern === undefined ? body : Buffer.from(this.text(body.toString('utf8')));
  }
}

/** Where IAM's calls are made, which have no region of their own. */
export function globalRegion(partition: string): string {
  return { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' }[partition] ?? 'us-east-1';
}
