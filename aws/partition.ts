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
