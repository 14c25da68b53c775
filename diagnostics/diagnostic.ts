/** The place of something in a user's file. `line` and `column` count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = 'error' | 'warning';

/** Whether it is an error, not a warning. */
export function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'error';
}

/** A message to the user: what is wrong, why it matters, what to do, and where. */
export interface Diagnostic {
  /** Stable, e.g. `DAG001`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
  /** The task that it is about, where it is about one. */
  readonly task?: string;
  /** The place in a source file (a DAG file, dagwright.yaml …). */
  readonly place?: Place;
  /** The place in a JSON document, as `/States/a/Next` (RFC 6901). */
  readonly path?: string;
}

/** What the catalogue holds of one code: texts made from the arguments of the case at hand. */
export interface Entry<Args> {
  readonly severity: Severity;
  /** Short, without arguments. */
  readonly title: string;
  readonly message: (args: Args) => string;
  readonly why: string;
  readonly remedy: (args: Args) => string;
}

/** Declares an entry of the catalogue; it only fixes the type of the arguments. */
export function entry<Args = Record<string, never>>(e: Entry<Args>): Entry<Args> {
  return e;
}

/** 1 the user's input is at fault or the run did not succeed, 2 wrong usage, 3 something outside failed. */
export type ExitCode = 1 | 2 | 3;

/** Ends a command with diagnostics and an exit code. The command line prints them; nobody sees a stack trace. */
export class Stop extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;

  constructor(diagnostics: Diagnostic | readonly Diagnostic[], exitCode: ExitCode = 1) {
    const all = Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [diagnostics as Diagnostic];
    super(all.map((d) => `${d.code} ${d.message}`).join('\n'));
    this.name = 'Stop';
    this.diagnostics = all;
    this.exitCode = exitCode;
  }
}

/** Diagnostics in the order in which somebody reads the files: by file, line and column; what has no place comes last. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(({ place: a }, { place: b }) => {
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (a.file !== b.file) return a.file < b.file ? -1 : 1;
    return a.line - b.line || a.column - b.column;
  });
}

/** What leads to a value that JavaScript does not have, and what to do about it. */
export const UNDEFINED =
  'A variable that is used before the line that gives it a value, and a variable of the environment that is not set (`process.env.X`), are undefined: move the line, or set the variable.';
