import type { Json } from '../asl/json/value.ts';

const COMPILED = /^arn:aws:(?=states:::)/;

/**
 * A definition in which each Resource of Step Functions' integrations (`arn:aws:states:::…`) is one of a partition, in nested states, readers
 * and writers too. A machine in another partition can be made, and its runs end with States.Runtime: "The resource belongs to a different
 * partition from the running execution."
 * @example
 * inPartition({ Resource: 'arn:aws:states:::lambda:invoke' }, 'aws-cn') // { Resource: 'arn:aws-cn:states:::lambda:invoke' }
 */
export function inPartition<T>(definition: T, partition: string): T {
  return partition === 'aws' ? definition : (rewritten(definition as Json, partition) as T);
}

/** The same for the text of a definition, which stays as it is laid out. */
export function textInPartition(text: string, partition: string): string {
  return text.replace(/("Resource":\s*")arn:aws:(?=states:::)/g, `$1arn:${partition}:`);
}

function rewritten(json: Json, partition: string): Json {
  if (Array.isArray(json)) return json.map((item: Json) => rewritten(item, partition));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      key === 'Resource' && typeof value === 'string'
        ? value.replace(COMPILED, `arn:${partition}:`)
        : rewritten(value as Json, partition),
    ]),
  );
}

/**
 * The partition of a region, for what is written without a call to AWS; else it is the caller's.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoint-partitions.html
 * @example
 * partitionOfRegion('cn-north-1') // 'aws-cn'
 */
export function partitionOfRegion(region: string): string {
  const [, prefix] = /^(cn|us-gov|us-iso[bf]?|eu-isoe|eusc)-/.exec(region) ?? [];
  return prefix === undefined ? 'aws' : PARTITIONS[prefix as keyof typeof PARTITIONS];
}

const PARTITIONS = {
  cn: 'aws-cn',
  'us-gov': 'aws-us-gov',
  'us-iso': 'aws-iso',
  'us-isob': 'aws-iso-b',
  'us-isof': 'aws-iso-f',
  'eu-isoe': 'aws-iso-e',
  eusc: 'aws-eusc',
} as const;
