import { Buffer } from 'node:buffer';
import { brotliDecompressSync } from 'node:zlib';
import { RESULTS } from './sdk-results.generated.ts';

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

type Results = ReadonlyMap<string, ResultShape>;

const SCALARS = {
  s: 'string',
  i: 'integer',
  f: 'number',
  b: 'boolean',
  t: 'timestamp',
  '*': 'blob',
  '?': 'any',
} as const;

let blocks: ReadonlyMap<string, string> | undefined;
const loaded = new Map<string, Results>();

/**
 * What an action of a service answers, by its name in camelCase; undefined where there is no such action, or it answers nothing. The
 * data is large: whoever needs it imports this file when they do.
 */
export function sdkResult(service: string, action: string): ResultShape | undefined {
  let results = loaded.get(service);
  if (results === undefined) {
    results = unpack(blockOf(service));
    loaded.set(service, results);
  }
  return results.get(action);
}

/** The lines of a service; none where there is no such service. */
function blockOf(service: string): readonly string[] {
  blocks ??= new Map(
    brotliDecompressSync(Buffer.from(RESULTS, 'base64'))
      .toString()
      .split('\0')
      .map((block) => [block.slice(0, block.indexOf('\n')), block]),
  );
  return blocks.get(service)?.split('\n') ?? [];
}

/** The form of a block is told in scripts/generate-sdk-results.py. */
function unpack(block: readonly string[]): Results {
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
    block.slice(1, Math.max(middle, 1)).map((line) => {
      const [action, at] = line.split(' ') as [string, string];
      return [action, shapeAt(at)()];
    }),
  );
}
