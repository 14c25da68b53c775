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
 * What the interpreter's reader says of a JSONPath, or why it refuses it. A path with a placeholder may be right whatever
 * stands around it.
 */
export function parsePath(text: string): ParsedPath {
  const draft = maskedPath(text);
  if (draft === undefined) return parse(text);
  const { fault, variable, ...parsed } = parse(draft.text);
  if (fault !== undefined) return { reference: true };
  return { ...parsed, ...(variable !== undefined && !variable.name.includes(MASK) && { variable }) };
}

function parse(text: string): ParsedPath {
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
export function variableOf({ root }: Path, position: number): PathVariable | undefined {
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

export function faultOf(error: unknown): PathFault {
  if (!(error instanceof PathSyntaxError)) throw error;
  return { detail: error.detail, position: error.position };
}
