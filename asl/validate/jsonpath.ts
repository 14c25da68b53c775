import { type Path, readPath } from '../interpret/json-path/path.ts';
import { PathSyntaxError } from '../interpret/json-path/path-syntax.ts';

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
  /** It goes to one place: no `@ .. , : ? *`. */
  readonly reference: boolean;
}

/** What the interpreter's reader says of a JSONPath, or why it refuses it. */
export function parsePath(text: string): ParsedPath {
  try {
    const path = readPath(text);
    const variable = variableOf(path, 0);
    return { reference: path.definite, ...(variable !== undefined && { variable }) };
  } catch (error) {
    return { fault: faultOf(error), reference: false };
  }
}

/** The variable that a path which begins at a position begins with. */
export function variableOf({ root }: Path, position: number): PathVariable | undefined {
  return typeof root === 'object' ? { name: root.variable, position } : undefined;
}

export function faultOf(error: unknown): PathFault {
  if (!(error instanceof PathSyntaxError)) throw error;
  return { detail: error.detail, position: error.position };
}
