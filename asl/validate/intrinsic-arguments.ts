/** What is known of an argument before anything runs: a literal, the result of a function, or nothing (a path). */
export type Argument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'null' | 'list' | 'any' };

type Want = 'text' | 'number' | 'boolean' | 'list' | 'any';

const WORDS: { readonly [W in Want]: string } = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  any: 'anything',
};

/** What each function takes, in order, and what it gives; the last kind stands for all that follow. */
const SIGNATURES: { readonly [name: string]: { readonly takes: readonly Want[]; readonly gives: Want } } = {
  'States.Format': { takes: ['text', 'any'], gives: 'text' },
  'States.StringToJson': { takes: ['text'], gives: 'any' },
  'States.JsonToString': { takes: ['any'], gives: 'text' },
  'States.Array': { takes: ['any'], gives: 'list' },
  'States.ArrayPartition': { takes: ['list', 'number'], gives: 'list' },
  'States.ArrayContains': { takes: ['list', 'any'], gives: 'boolean' },
  'States.ArrayRange': { takes: ['number', 'number', 'number'], gives: 'list' },
  'States.ArrayGetItem': { takes: ['list', 'number'], gives: 'any' },
  'States.ArrayLength': { takes: ['list'], gives: 'number' },
  'States.ArrayUnique': { takes: ['list'], gives: 'list' },
  'States.Base64Encode': { takes: ['text'], gives: 'text' },
  'States.Base64Decode': { takes: ['text'], gives: 'text' },
  'States.Hash': { takes: ['any', 'text'], gives: 'text' },
  'States.JsonMerge': { takes: ['any', 'any', 'boolean'], gives: 'any' },
  'States.MathRandom': { takes: ['number', 'number', 'number'], gives: 'number' },
  'States.MathAdd': { takes: ['number', 'number'], gives: 'number' },
  'States.StringSplit': { takes: ['text', 'text'], gives: 'list' },
  'States.UUID': { takes: [], gives: 'text' },
};

const ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** The argument that a call of this function is to the function around it. */
export function resultOf(name: string): Argument {
  const gives = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name]!.gives : 'any';
  return { kind: gives === 'list' ? 'list' : 'any' };
}

/**
 * What is wrong with literal arguments, and which of them: the call would fail when it runs with States.IntrinsicFailure.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export function argumentFault(
  name: string,
  args: readonly Argument[],
): { readonly detail: string; readonly index: number } | undefined {
  const { takes } = SIGNATURES[name]!;
  for (const [index, argument] of args.entries()) {
    const want = takes[index] ?? takes.at(-1) ?? 'any';
    if (want !== 'any' && argument.kind !== 'any' && argument.kind !== want)
      return { detail: `argument ${index + 1} of ${name} is ${WORDS[want]}`, index };
  }
  const [first, second, third] = args;
  if (name === 'States.Format' && first?.kind === 'text') {
    const places = first.text.replace(/\\./gs, '').split('{}').length - 1;
    if (places !== args.length - 1)
      return { detail: `the text of ${name} has ${places} times {}, and ${args.length - 1} values follow`, index: 0 };
  }
  if (name === 'States.Hash' && second?.kind === 'text' && !ALGORITHMS.includes(second.text))
    return { detail: `${name} has the algorithms ${ALGORITHMS.join(', ')}`, index: 1 };
  if (name === 'States.JsonMerge') {
    if (third?.kind === 'boolean' && third.boolean)
      return { detail: `${name} merges only shallowly: its third argument is false`, index: 2 };
    for (const index of [0, 1])
      if (!['any', undefined].includes(args[index]?.kind)) return { detail: `${name} merges two objects`, index };
  }
  if (name === 'States.ArrayPartition' && second?.kind === 'number' && !(second.number >= 1))
    return { detail: `${name} makes parts of at least 1`, index: 1 };
  if (name === 'States.ArrayRange' && third?.kind === 'number' && third.number === 0)
    return { detail: `the step of ${name} cannot be 0`, index: 2 };
  if (name === 'States.MathRandom' && first?.kind === 'number' && second?.kind === 'number')
    if (first.number >= second.number) return { detail: `${name} needs a start below its end`, index: 0 };
  return undefined;
}
