import type { Json } from '../../asl/json/value.ts';

const URI = /\bs3[an]?:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=\/|$|["'\s])/g;
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The buckets that a task's arguments name, in S3 URIs or as the `Bucket` of a call. */
export function bucketsIn(value: Json): Set<string> {
  const found = new Set<string>();
  const left: (readonly [key: string, value: Json])[] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [key, inner] = next;
    if (typeof inner === 'string') {
      if (key === 'Bucket' && NAME.test(inner)) found.add(inner);
      for (const [, bucket] of inner.matchAll(URI)) found.add(bucket as string);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const entry of Object.entries(inner)) left.push([entry[0], entry[1] as Json]);
    }
  }
  return found;
}
