import type { Json } from '../../../../asl/json/value.ts';
import type { AwsCall, AwsRequest } from './call.ts';

/** The query protocol (IAM, STS, EC2): a form, in which `Tags.member.1.Key` is a member of an object in a list. */
export function queryCall({ body }: AwsRequest): Pick<AwsCall, 'operation' | 'parameters'> {
  const form = new URLSearchParams(body.toString('utf8'));
  const root: Nested = {};
  for (const [path, value] of form) if (path !== 'Action' && path !== 'Version') put(root, path.split('.'), value);
  return { operation: form.get('Action') ?? '', parameters: lists(root) as { readonly [name: string]: Json } };
}

interface Nested {
  [name: string]: Nested | string;
}

function put(into: Nested, [name, ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) into[name!] = value;
  else {
    const inner = into[name!];
    const next = typeof inner === 'object' ? inner : {};
    into[name!] = next;
    put(next, rest, value);
  }
}

/** Objects whose keys are numbers are lists; `member` is a word of the protocol. */
function lists(value: Nested | string): Json {
  if (typeof value === 'string') return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === 'member') return lists(value.member!);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key)))
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => lists(value[key]!));
  return Object.fromEntries(keys.map((key) => [key, lists(value[key]!)]));
}
