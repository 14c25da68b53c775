import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../json/parse.ts';
import { isObject, type Json } from '../json/value.ts';
import { seeded, uuidFrom } from '../jsonata/functions/random.ts';
import { HASH_ALGORITHMS } from '../jsonata/functions/text.ts';
import {
  arrayArgument,
  boundedText,
  type Intrinsic,
  integerArgument,
  MOST_CHARACTERS,
  textArgument,
} from './intrinsic.ts';

/** Items that `States.ArrayRange` makes at most. */
const MOST_ITEMS = 1000;

/**
 * The intrinsic functions by their names.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['States.Format', format()],
  [
    'States.StringToJson',
    {
      takes: ['text'],
      gives: 'any',
      // A blank text gives null.
      call: (args) => {
        const text = textArgument(args, 0);
        if (text.trim() === '') return null;
        try {
          return parseJson(text);
        } catch (error) {
          throw new Error(`argument 1 is not JSON: ${(error as Error).message}`);
        }
      },
    },
  ],
  ['States.JsonToString', { takes: ['any'], gives: 'text', call: ([value]) => JSON.stringify(value as Json) }],
  ['States.Array', { takes: [], rest: 'any', gives: 'list', call: (args) => [...args] }],
  [
    'States.ArrayPartition',
    {
      takes: ['list', 'number'],
      gives: 'list',
      check: ([, size]) =>
        size?.kind === 'number' && !(size.number >= 1)
          ? { detail: 'States.ArrayPartition makes parts of at least 1', index: 1 }
          : undefined,
      call: (args) => {
        const items = arrayArgument(args, 0);
        const size = integerArgument(args, 1);
        if (size < 1) throw new Error('argument 2 must be positive');
        const chunks: Json[] = [];
        for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
        return chunks;
      },
    },
  ],
  [
    'States.ArrayContains',
    {
      takes: ['list', 'any'],
      gives: 'boolean',
      call: (args) => arrayArgument(args, 0).some((item) => isDeepStrictEqual(item, args[1])),
    },
  ],
  [
    'States.ArrayRange',
    {
      takes: ['number', 'number', 'number'],
      gives: 'list',
      check: ([, , step]) =>
        step?.kind === 'number' && step.number === 0
          ? { detail: 'the step of States.ArrayRange cannot be 0', index: 2 }
          : undefined,
      // The last number is included where the steps reach it.
      call: (args) => {
        const [first, last, step] = [integerArgument(args, 0), integerArgument(args, 1), integerArgument(args, 2)];
        if (step === 0) throw new Error('the step must not be 0');
        const count = Math.max(0, Math.floor((last - first) / step) + 1);
        if (count > MOST_ITEMS) throw new Error(`the range has more than ${MOST_ITEMS} items`);
        return Array.from({ length: count }, (_, at) => first + at * step);
      },
    },
  ],
  [
    'States.ArrayGetItem',
    {
      takes: ['list', 'number'],
      gives: 'any',
      mayGiveText: true,
      call: (args) => {
        const items = arrayArgument(args, 0);
        const index = integerArgument(args, 1);
        const item = items[index];
        if (item === undefined) throw new Error(`there is no item ${index} in an array of ${items.length}`);
        return item;
      },
    },
  ],
  ['States.ArrayLength', { takes: ['list'], gives: 'number', call: (args) => arrayArgument(args, 0).length }],
  [
    'States.ArrayUnique',
    {
      takes: ['list'],
      gives: 'list',
      call: (args) => {
        const unique: Json[] = [];
        for (const item of arrayArgument(args, 0))
          if (!unique.some((other) => isDeepStrictEqual(other, item))) unique.push(item);
        return unique;
      },
    },
  ],
  [
    'States.Base64Encode',
    {
      takes: ['text'],
      gives: 'text',
      call: (args) => Buffer.from(boundedText(args, 0), 'utf8').toString('base64'),
    },
  ],
  [
    'States.Base64Decode',
    {
      takes: ['text'],
      gives: 'text',
      call: (args) => {
        const text = boundedText(args, 0);
        if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('argument 1 is not Base64');
        return Buffer.from(text, 'base64').toString('utf8');
      },
    },
  ],
  [
    'States.Hash',
    {
      takes: ['any', 'text'],
      gives: 'text',
      check: ([, algorithm]) =>
        algorithm?.kind === 'text' && !Object.hasOwn(HASH_ALGORITHMS, algorithm.text)
          ? { detail: `States.Hash has the algorithms ${Object.keys(HASH_ALGORITHMS).join(', ')}`, index: 1 }
          : undefined,
      // What is not text is hashed as its JSON.
      call: (args) => {
        const data = args[0] as Json;
        const text = typeof data === 'string' ? data : JSON.stringify(data);
        if (text.length > MOST_CHARACTERS) throw new Error(`argument 1 is longer than ${MOST_CHARACTERS} characters`);
        const algorithm = HASH_ALGORITHMS[textArgument(args, 1)];
        if (algorithm === undefined)
          throw new Error(`argument 2 must be one of ${Object.keys(HASH_ALGORITHMS).join(', ')}`);
        return createHash(algorithm).update(text, 'utf8').digest('hex');
      },
    },
  ],
  ['States.JsonMerge', jsonMerge()],
  [
    'States.MathRandom',
    {
      takes: ['number', 'number'],
      optional: ['number'],
      gives: 'number',
      check: ([first, end]) =>
        first?.kind === 'number' && end?.kind === 'number' && first.number >= end.number
          ? { detail: 'States.MathRandom needs a start below its end', index: 0 }
          : undefined,
      // From the first number up to, not including, the second; with a seed always the same one.
      call: (args, { random }) => {
        const first = integerArgument(args, 0);
        const end = integerArgument(args, 1);
        if (end <= first) throw new Error('argument 2 must be greater than argument 1');
        const draw = args.length > 2 ? seeded(integerArgument(args, 2)) : random;
        return first + Math.floor(draw() * (end - first));
      },
    },
  ],
  [
    'States.MathAdd',
    {
      takes: ['number', 'number'],
      gives: 'number',
      call: (args) => integerArgument(args, 0) + integerArgument(args, 1),
    },
  ],
  ['States.StringSplit', { takes: ['text', 'text'], gives: 'list', call: split }],
  ['States.UUID', { takes: [], gives: 'text', call: (_, { random }) => uuidFrom(random) }],
]);

/** Each `{}` of the text gives way to the next argument; `\{` and `\}` stand for braces. */
function format(): Intrinsic {
  return {
    takes: ['text'],
    rest: 'any',
    gives: 'text',
    check: ([first, ...values]) => {
      if (first?.kind !== 'text') return undefined;
      const places = first.text.replace(/\\./gs, '').split('{}').length - 1;
      if (places === values.length) return undefined;
      return {
        detail: `the text of States.Format has ${places} times {}, and ${values.length} values follow`,
        index: 0,
      };
    },
    call: (args) => {
      const template = textArgument(args, 0);
      let next = 1;
      const text = template.replace(/\\([{}\\'])|\{\}|[{}]/g, (token, escaped: string | undefined) => {
        if (escaped !== undefined) return escaped;
        if (token !== '{}') throw new Error(`an unescaped ${token} stands in the template`);
        if (next >= args.length) throw new Error('the template has more {} than there are arguments');
        return asText(args[next++] as Json);
      });
      if (next < args.length) throw new Error('there are more arguments than the template has {}');
      return text;
    },
  };
}

/** Objects and arrays look as Java prints them there: `{a=1, b=[x, y]}`. */
function asText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(asText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${asText(member)}`)
    .join(', ')}}`;
}

/** The members of both objects, those of the second where both have one. Deep merging does not exist. */
function jsonMerge(): Intrinsic {
  return {
    takes: ['any', 'any', 'boolean'],
    gives: 'any',
    check: (args) => {
      const deep = args[2];
      if (deep?.kind === 'boolean' && deep.boolean)
        return { detail: 'States.JsonMerge merges only shallowly: its third argument is false', index: 2 };
      const index = [0, 1].find((at) => args[at] !== undefined && args[at].kind !== 'any');
      return index === undefined ? undefined : { detail: 'States.JsonMerge merges two objects', index };
    },
    call: ([a, b, deep]) => {
      if (!isObject(a) || !isObject(b)) throw new Error('arguments 1 and 2 must be objects');
      if (deep !== false) throw new Error('argument 3 must be false: only shallow merging is supported');
      return { ...a, ...b };
    },
  };
}

/** Split at each of the delimiter's characters; empty parts vanish. */
function split(args: readonly Json[]): Json {
  const delimiters = new Set(textArgument(args, 1));
  const parts: string[] = [];
  let part = '';
  for (const character of textArgument(args, 0)) {
    if (delimiters.has(character)) {
      if (part !== '') parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  if (part !== '') parts.push(part);
  return parts;
}
