import type { SdkArgument, SdkMembers, SdkType } from './sdk.ts';

const LETTERS = {
  i: { kind: 'integer' },
  n: { kind: 'number' },
  b: { kind: 'boolean' },
  t: { kind: 'timestamp' },
  x: { kind: 'blob' },
  a: { kind: 'any' },
  r: { kind: 'text', role: 'arn' },
} as const satisfies { readonly [letter: string]: SdkType };
const TEXT: SdkType = { kind: 'text' };
const NONE: SdkMembers = new Map();

/**
 * The structures and the enums of a service as scripts/generate-sdk-services.py writes them, a line each. One is read when it is asked
 * for: a service has thousands, a call needs a few, and some contain themselves.
 */
export class Shapes {
  private readonly lines: readonly string[];
  private readonly enums: readonly string[];
  private readonly read = new Map<string, SdkMembers>();

  constructor(text: string, enums = '') {
    this.lines = text.split('\n');
    this.enums = enums.split('\n');
  }

  members(number: string | undefined): SdkMembers {
    if (number === undefined) return NONE;
    const known = this.read.get(number);
    if (known !== undefined) return known;
    const parts = this.lines[Number(number)]!.split(' ').filter((part) => part !== '');
    const members = new Map(parts.map((part) => this.member(part)).map((member) => [member.name, member]));
    this.read.set(number, members);
    return members;
  }

  /** `Name*!=ApiName:type`. */
  private member(part: string): SdkArgument {
    const [, name, marks, api, kind] = /^(\w+)([*!]*)(?:=(\w+))?(?::(.+))?$/.exec(part)!;
    return {
      name: name!,
      required: marks!.includes('*'),
      ...(api !== undefined && { api }),
      ...(marks!.includes('!') && { token: true as const }),
      type: this.type(kind ?? ''),
    };
  }

  private type(text: string): SdkType {
    const [first] = text;
    if (first === undefined) return TEXT;
    if (first === '[' || first === '{') return { kind: first === '[' ? 'list' : 'map', of: this.type(text.slice(1)) };
    if (Object.hasOwn(LETTERS, text)) return LETTERS[text as keyof typeof LETTERS];
    if (first === 'e') return { kind: 'text', values: this.enums[Number(text.slice(1))]!.split('|') };
    const members = (): SdkMembers => this.members(text);
    return {
      kind: 'structure',
      get members() {
        return members();
      },
    };
  }
}
