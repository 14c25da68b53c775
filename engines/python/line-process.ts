import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environmentVariables, type PythonEnvironment } from './environment.ts';

/**
 * A Python process that answers a line of JSON for each that it reads, by its `id`: one for all questions of a run. It ends when its
 * input does, so it cannot be left behind.
 */
export class LineProcess<Question extends object, Answer extends object> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  #next = 1;
  #said = '';
  #ended: Error | undefined;

  /** @param title what it is, as the subject of a sentence: `The translator of SQL` */
  constructor(title: string, script: string, python: PythonEnvironment, env: NodeJS.ProcessEnv) {
    this.#child = spawn(python.python, [script], {
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
      const { id, ...answer } = JSON.parse(line) as { id: number } & Answer;
      this.#waiting.get(id)?.resolve(answer as unknown as Answer);
      this.#waiting.delete(id);
    });
    const fail = (why: string) => {
      this.#ended ??= new Error(`${title} ${why}: ${this.#said.trim()}`);
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
      this.#waiting.clear();
    };
    this.#child.once('error', (error) => fail(`could not be started (${error.message})`));
    this.#child.once('close', (code) => fail(`ended with exit code ${code}`));
  }

  ask(question: Question): Promise<Answer> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#ended !== undefined) reject(this.#ended);
      this.#child.stdin!.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  }

  close(): void {
    this.#child.stdin!.end();
  }
}
