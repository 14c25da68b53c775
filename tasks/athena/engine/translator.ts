import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environmentVariables, type PythonEnvironment } from '../../../engines/python/environment.ts';
import { packageRoot } from '../../../project/packages.ts';

export type Translation =
  | { readonly sql: string }
  | {
      readonly error: 'syntax' | 'statement' | 'function' | 'construct';
      readonly message: string;
      readonly line?: number;
      readonly column?: number;
    };

/** Athena's SQL as DuckDB's: one helper process for all queries of a run. It ends when its input does, so it cannot be left behind. */
export class Translator {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (answer: Translation) => void; reject: (error: Error) => void }>();
  #next = 1;
  #said = '';
  #ended: Error | undefined;

  constructor(python: PythonEnvironment, env: NodeJS.ProcessEnv) {
    this.#child = spawn(python.python, [join(packageRoot(), 'tasks/athena/engine/translate.py')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: environmentVariables(python, env),
      // A Ctrl-C at the terminal is dagwright's to handle.
      detached: true,
    });
    this.#child.stdin!.on('error', () => {});
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2_000);
    });
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line) as { id: number } & Translation;
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
    });
    const fail = (why: string) => {
      this.#ended ??= new Error(`The translator of SQL ${why}: ${this.#said.trim()}`);
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
      this.#waiting.clear();
    };
    this.#child.once('error', (error) => fail(`could not be started (${error.message})`));
    this.#child.once('close', (code) => fail(`ended with exit code ${code}`));
  }

  translate(sql: string, parameters: readonly string[]): Promise<Translation> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#ended !== undefined) reject(this.#ended);
      this.#child.stdin!.write(`${JSON.stringify({ id, sql, parameters })}\n`);
    });
  }

  close(): void {
    this.#child.stdin!.end();
  }
}
