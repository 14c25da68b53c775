import { isReference, type Permission, splitTokens } from '../../authoring/internal.ts';

/**
 * Objects that are asked for at a time. What a call answers must fit into the 256 KiB of a state: an object takes some 250 bytes and its key, and
 * a key has at most 1,024.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const PAGE = 200;

/** A bucket is listed below the prefix alone. */
export function listsBelow(prefix: string | undefined): {
  readonly [action: string]: NonNullable<Permission['condition']>;
} {
  return prefix === undefined ? {} : { 's3:ListBucket': { StringLike: { 's3:prefix': `${prefix}` } } };
}

/** Whether a text begins with something that is known now, so that it is empty in no run. */
export function beginsKnown(text: unknown): boolean {
  if (typeof text !== 'string' || isReference(text)) return false;
  const [first] = splitTokens(text);
  return first !== undefined && 'text' in first && first.text !== '';
}
