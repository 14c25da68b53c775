import { nearest } from '../../diagnostics/did-you-mean.ts';
import type { Json } from '../json/value.ts';
import { type Call, readCall, type Term } from '../json-path/call.ts';
import type { Argument, ArgumentFault, Intrinsic, Kind } from '../json-path/intrinsic.ts';
import { INTRINSICS } from '../json-path/intrinsics.ts';
import { type Path, PathSyntaxError, readPath } from '../json-path/path.ts';
import { MASK, maskedPath } from '../placeholders/index.ts';

export interface PathVariable {
  readonly name: string;
  /** Where its `$` stands. */
  readonly position: number;
}
export interface PathFault {
  readonly detail: string;
  readonly position: number;
}
export interface ParsedPath {
  readonly fault?: PathFault;
  /** The variable that it begins with, as in `$name.field`. */
  readonly variable?: PathVariable;
  /** The names that it reads of the context object, one of the other: `$$.Execution.Id`. */
  readonly context?: readonly string[];
  /** It goes to one place: no `@ .. , : ? *`. */
  readonly reference: boolean;
}

/**
 * Reads a JSONPath with the reader of the interpreter, or says why that refuses it. A path with a placeholder may be right whatever
 * stands around it.
 */
export function parsePath(text: string): ParsedPath {
  const draft = maskedPath(text);
  if (draft === undefined) return pathOf(text);
  const { fault, variable, ...parsed } = pathOf(draft.text);
  if (fault !== undefined) return { reference: true };
  return { ...parsed, ...(variable !== undefined && !variable.name.includes(MASK) && { variable }) };
}

function pathOf(text: string): ParsedPath {
  try {
    const path = readPath(text);
    const variable = variableOf(path, 0);
    const context = contextOf(path);
    return {
      reference: path.definite,
      ...(context !== undefined && { context }),
      ...(variable !== undefined && { variable }),
    };
  } catch (error) {
    return { fault: faultOf(error), reference: false };
  }
}

/** The variable that a path which begins at a position begins with. */
function variableOf({ root }: Path, position: number): PathVariable | undefined {
  return typeof root === 'object' ? { name: root.variable, position } : undefined;
}

/** The names at the beginning of a path into the context object. */
function contextOf({ root, steps }: Path): string[] | undefined {
  if (root !== '$$') return undefined;
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'names' || step.deep || step.names.length !== 1 || step.names[0]!.includes(MASK)) break;
    names.push(step.names[0]!);
  }
  return names;
}

function faultOf(error: unknown): PathFault {
  if (!(error instanceof PathSyntaxError)) throw error;
  return { detail: error.detail, position: error.position };
}

const WORDS: { readonly [K in Kind]: string } = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  any: 'anything',
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
  if (draft === undefined) return callOf(text);
  const { name, variables, ...found } = callOf(draft.text);
  const known = variables.filter((variable) => !variable.name.includes(MASK));
  // One that stands for an argument may stand for several.
  return draft.inLiterals ? { ...(name !== undefined && { name }), ...found, variables: known } : { variables: known };
}

function callOf(text: string): ParsedIntrinsic {
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

/** The argument that a call of this function is to the function around it. */
function resultOf(name: string): Argument {
  return { kind: INTRINSICS.get(name)?.gives === 'list' ? 'list' : 'any' };
}

function check(
  { name, at, args: terms }: Call,
  args: readonly Argument[],
  found: { fault?: PathFault; arity?: PathFault; literal?: PathFault },
): void {
  const known = INTRINSICS.get(name);
  if (known === undefined) {
    const near = nearest(name, INTRINSICS.keys());
    const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
    found.fault ??= { detail: `there is no intrinsic function ${name}${meant}`, position: at };
    return;
  }
  const count = args.length;
  const least = known.takes.length;
  const most = known.rest === undefined ? least + (known.optional?.length ?? 0) : Number.POSITIVE_INFINITY;
  if (count < least || count > most) {
    const wanted = least === most ? `${least}` : `at least ${least}`;
    const detail = `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}`;
    found.arity ??= { detail, position: at };
    return;
  }
  const fault = argumentFault(name, known, args);
  if (fault !== undefined) found.literal ??= { detail: fault.detail, position: terms[fault.index]!.at };
}

/** What is wrong with literal arguments: the call would fail when it runs with States.IntrinsicFailure. */
function argumentFault(name: string, known: Intrinsic, args: readonly Argument[]): ArgumentFault | undefined {
  const kinds = [...known.takes, ...(known.optional ?? [])];
  for (const [index, { kind }] of args.entries()) {
    const wanted = kinds[index] ?? known.rest ?? 'any';
    if (wanted !== 'any' && kind !== 'any' && kind !== wanted)
      return { detail: `argument ${index + 1} of ${name} is ${WORDS[wanted]}`, index };
  }
  return known.check?.(args);
}
