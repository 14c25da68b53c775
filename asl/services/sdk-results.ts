import { PackedServices } from './packed-services.ts';

/** The shape of a value in what an AWS API answers; names as Step Functions has them. */
export type ResultShape =
  | { readonly kind: 'structure'; readonly members: ReadonlyMap<string, ResultMember> }
  | { readonly kind: 'list' | 'map'; readonly of: () => ResultShape }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'any' };

export interface ResultMember {
  readonly required: boolean;
  /** The API's own name in PascalCase, where it differs: `MD5OfMessageBody` for `Md5OfMessageBody`. */
  readonly api?: string;
  readonly shape: () => ResultShape;
}

type Results = ReadonlyMap<string, () => ResultShape>;

const SCALARS = {
  s: 'string',
  i: 'integer',
  f: 'number',
  b: 'boolean',
  t: 'timestamp',
  '*': 'blob',
  '?': 'any',
} as const;

const packed = new PackedServices(new URL('./sdk-results.generated.data', import.meta.url));
const loaded = new Map<string, Results>();

/**
 * What an action of a service answers, by its name in camelCase; undefined where there is no such action, or it answers nothing.
 */
export function sdkResult(service: string, action: string): ResultShape | undefined {
  let results = loaded.get(service);
  if (results === undefined) {
    results = resultsOf(packed.text(service)?.split('\n') ?? []);
    loaded.set(service, results);
  }
  return results.get(action)?.();
}

/** The format of a block is documented in scripts/generate-sdk-results.py. */
function resultsOf(block: readonly string[]): Results {
  const middle = block.indexOf('');
  const lines = block.slice(middle + 1);
  const shapes: ResultShape[] = [];
  const shapeAt = (at: string) => () => {
    shapes[Number(at)] ??= shapeOf(lines[Number(at)] as string);
    return shapes[Number(at)] as ResultShape;
  };
  const shapeOf = (line: string): ResultShape => {
    const rest = line.slice(1);
    switch (line[0]) {
      case '{':
        return { kind: 'structure', members: new Map(rest === '' ? [] : rest.split(' ').map(memberOf)) };
      case '[':
        return { kind: 'list', of: shapeAt(rest) };
      case '<':
        return { kind: 'map', of: shapeAt(rest) };
      case '=':
        return { kind: 'enum', values: rest.split('|') };
    }
    return { kind: SCALARS[line as keyof typeof SCALARS] };
  };
  const memberOf = (text: string): [string, ResultMember] => {
    const [marked, at] = text.split(':') as [string, string];
    const required = marked.endsWith('*');
    const [name, api] = (required ? marked.slice(0, -1) : marked).split('=') as [string, string?];
    return [name, { required, ...(api !== undefined && { api }), shape: shapeAt(at) }];
  };
  return new Map(
    block.slice(0, Math.max(middle, 0)).map((line) => {
      const [action, at] = line.split(' ') as [string, string];
      return [action, shapeAt(at)];
    }),
  );
}
