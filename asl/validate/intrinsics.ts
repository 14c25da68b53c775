import { nearest } from '../../diagnostics/did-you-mean.ts';
import type { Json } from '../json/value.ts';
import { type Call, readCall, type Term } from '../json-path/call.ts';
import { MASK, maskedPath } from '../placeholders/index.ts';
import { type Argument, argumentFault, resultOf } from './intrinsic-arguments.ts';
import { faultOf, type PathFault, type PathVariable, variableOf } from './jsonpath.ts';

interface Intrinsic {
  readonly least: number;
  readonly most: number;
  /** It gives a string, as ErrorPath and CausePath need. */
  readonly text?: true;
}

/**
 * The intrinsic functions and how many arguments they take.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const INTRINSICS: { readonly [name: string]: Intrinsic } = {
  'States.Format': { least: 1, most: Number.POSITIVE_INFINITY, text: true },
  'States.StringToJson': { least: 1, most: 1 },
  'States.JsonToString': { least: 1, most: 1, text: true },
  'States.Array': { least: 0, most: Number.POSITIVE_INFINITY },
  'States.ArrayPartition': { least: 2, most: 2 },
  'States.ArrayContains': { least: 2, most: 2 },
  'States.ArrayRange': { least: 3, most: 3 },
  'States.ArrayGetItem': { least: 2, most: 2, text: true },
  'States.ArrayLength': { least: 1, most: 1 },
  'States.ArrayUnique': { least: 1, most: 1 },
  'States.Base64Encode': { least: 1, most: 1, text: true },
  'States.Base64Decode': { least: 1, most: 1, text: true },
  'States.Hash': { least: 2, most: 2, text: true },
  'States.JsonMerge': { least: 3, most: 3 },
  'States.MathRandom': { least: 2, most: 3 },
  'States.MathAdd': { least: 2, most: 2 },
  'States.StringSplit': { least: 2, most: 2 },
  'States.UUID': { least: 0, most: 0, text: true },
};

export interface ParsedIntrinsic {
  readonly name?: string;
  readonly fault?: PathFault;
  /** A wrong number of arguments: AWS may find out only when it runs. */
  readonly arity?: PathFault;
  /** Literal arguments that the function cannot take: AWS finds out only when it runs. */
  readonly literal?: PathFault;
  readonly variables: readonly PathVariable[];
}

/** Checks a call such as `States.Format('{}', $.a)`: the interpreter's reader reads it, the functions are looked up here. */
export function parseIntrinsic(text: string): ParsedIntrinsic {
  const draft = maskedPath(text);
  if (draft === undefined) return parse(text);
  const { name, variables, ...found } = parse(draft.text);
  const known = variables.filter((variable) => !variable.name.includes(MASK));
  // One that stands for an argument may stand for several.
  return draft.inLiterals ? { ...(name !== undefined && { name }), ...found, variables: known } : { variables: known };
}

function parse(text: string): ParsedIntrinsic {
  let whole: Call;
  try {
    whole = readCall(text);
  } catch (error) {
    return { fault: faultOf(error), variables: [] };
  }
  const variables: PathVariable[] = [];
  const found: { fault?: PathFault; arity?: PathFault; literal?: PathFault } = {};
  // The innermost come first, as AWS evaluates them; not deeper than the reader lets them be.
  const visit = (term: Term): Argument => {
    if (term.kind === 'literal') return literal(term.value);
    if (term.kind === 'path') {
      const variable = variableOf(term.path, term.at);
      if (variable !== undefined) variables.push(variable);
      return { kind: 'any' };
    }
    const args = term.args.map(visit);
    check(term, args, found);
    return resultOf(term.name);
  };
  visit(whole);
  return { name: whole.name, variables, ...found };
}

function literal(value: Json): Argument {
  if (typeof value === 'string') return value.includes(MASK) ? { kind: 'any' } : { kind: 'text', text: value };
  if (typeof value === 'number') return { kind: 'number', number: value };
  return typeof value === 'boolean' ? { kind: 'boolean', boolean: value } : { kind: 'null' };
}

function check(
  { name, at, args: terms }: Call,
  args: readonly Argument[],
  found: { fault?: PathFault; arity?: PathFault; literal?: PathFault },
): void {
  const known = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
  if (known === undefined) {
    const near = nearest(name, Object.keys(INTRINSICS));
    const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
    found.fault ??= { detail: `there is no intrinsic function ${name}${meant}`, position: at };
    return;
  }
  const count = args.length;
  if (count < known.least || count > known.most) {
    const wanted = known.least === known.most ? `${known.least}` : `at least ${known.least}`;
    const detail = `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}`;
    found.arity ??= { detail, position: at };
    return;
  }
  const fault = argumentFault(name, args);
  if (fault !== undefined) found.literal ??= { detail: fault.detail, position: terms[fault.index]!.at };
}
