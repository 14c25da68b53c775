import type { Json } from '../asl/json/value.ts';

/**
 * A policy or a trust as IAM answers it, URL-encoded; null where it answers none. Other endpoints answer plain JSON.
 * @example
 * iamDocument('%7B%22Statement%22%3A%5B%5D%7D') // { Statement: [] }
 */
export function iamDocument(text: string | undefined): Json {
  if (text === undefined) return null;
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text) as Json;
}
