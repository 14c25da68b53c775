import type { Diagnostic } from './diagnostic.ts';

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
