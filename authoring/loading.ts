import { resolve } from 'node:path';
import type { Diagnostic, Place } from '../diagnostics/index.ts';
import type { SyntaxNode } from './expressions/syntax.ts';
import type { Target } from './token.ts';

/**
 * The context in which a DAG file is evaluated. `new Dag(…)` and `emr.spark({…})` take no context argument, so the compiler makes one `Loading`
 * for each DAG file and keeps it current while the file runs, and another one while the file's models are compiled. Where a DAG file is
 * imported without the compiler (a unit test), the current one is empty and each field has its default.
 */
export interface Loading {
  /** The project's root, which paths in DAG files are relative to. Default: the working directory. */
  readonly root?: string;
  /**
   * From a place in the bundle to the place in the file that the user wrote; undefined for a place outside of the bundle. Default: no bundle
   * runs, and places are those that the stack trace shows.
   */
  readonly placeOf?: (place: Place) => Place | undefined;
  /** Collects recoverable faults, which are reported together. Default: errors are thrown at once and warnings are dropped. */
  readonly faults?: Diagnostic[];
  /** The evaluation of a DAG file. Default: no file is being evaluated, but a model compiled or a module imported by a test. */
  readonly evaluation?: Evaluation;
}

/** What the compiler knows of a DAG file before it runs, and what the file creates while it runs. */
export interface Evaluation {
  /** The TypeScript files in the bundle, by absolute path. */
  readonly files: ReadonlyMap<string, ParsedFile>;
  /** The references that were turned into text, by token: the compiler warns about those that reach no task. */
  readonly written: Map<string, Target>;
  /** The compiler warns about a DAG that no file exports. */
  readonly dags: CreatedDag[];
  /** The compiler warns about a template that no task uses. */
  readonly templates: CreatedTemplate[];
  /** The folders that were read, by absolute path: the file is run again when they change. */
  readonly folders: Set<string>;
  /** The last misuse of an opaque object that was reported: both operands of an operator, and each item of a list, would repeat it. */
  lastMisuse?: { readonly place: Place; readonly use: string } | undefined;
}

/** A TypeScript file that the compiler parsed. */
export interface ParsedFile {
  readonly source: string;
  /** The arrow functions in it that are translated, by the offset where they start. */
  readonly arrows: ReadonlyMap<number, SyntaxNode>;
  /** Of those that are functions to be deployed, by the same offset: the declarations of the file that they use, as text. */
  readonly declarations?: ReadonlyMap<number, string>;
  /** The variables in it. */
  readonly names?: ReadonlySet<string>;
  placeOf(offset: number): Place;
}

/** A DAG that a file created. */
export interface CreatedDag {
  readonly id: string;
  readonly dag: object;
  readonly place: Place;
}

/** A template that a file created. */
export interface CreatedTemplate {
  readonly kind: string;
  /** Looks for the user's statement that led to it; undefined from when a task has it, or another template that a task has. */
  unusedAt: (() => Place | undefined) | undefined;
}

const NONE: Loading = Object.freeze({});

let current: Loading = NONE;

/** The context of the code that runs now. */
export function currentLoading(): Loading {
  return current;
}

/**
 * Runs a function with another context, and restores the one before when the function has ended; of an asynchronous function, when its
 * promise is settled. There is one context in the process: of two asynchronous functions one must end before the other begins.
 * @example
 * ```ts
 * const evaluation = newEvaluation(files);
 * const exports = await withLoading({ root, placeOf: bundle.original, faults: [], evaluation }, () => evaluate(bundle));
 * ```
 */
export function withLoading<T>(loading: Loading, run: () => T): T {
  const before = current;
  const restore = () => {
    current = before;
  };
  current = loading;
  let result: T;
  try {
    result = run();
  } catch (error) {
    restore();
    throw error;
  }
  if (result instanceof Promise) return result.finally(restore) as T;
  restore();
  return result;
}

/** The evaluation of a DAG file that has not begun. */
export function newEvaluation(files: ReadonlyMap<string, ParsedFile>): Evaluation {
  return { files, written: new Map(), dags: [], templates: [], folders: new Set() };
}

/**
 * Whether the compiler evaluates a DAG file: `in`, `Object.keys`, spread and unknown members are refused then. Elsewhere they are allowed,
 * because test runners use them to show the difference of two objects.
 */
export function isEvaluating(): boolean {
  return current.evaluation !== undefined;
}

/** The folder that paths in a DAG file are relative to. */
export function projectRoot(): string {
  return current.root ?? resolve('.');
}

/** Records that a folder was read, whatever was found in it. */
export function recordFolder(folder: string): void {
  current.evaluation?.folders.add(folder);
}
