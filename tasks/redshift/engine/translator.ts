import { join } from 'node:path';
import type { PythonEnvironment } from '../../../engines/python/environment.ts';
import { LineProcess } from '../../../engines/python/line-process.ts';
import { packageRoot } from '../../../packaging/own-files.ts';

/** Options of COPY and UNLOAD by their names in large letters, of those without a value true. */
export type BulkOptions = { readonly [name: string]: string | number | boolean | readonly string[] };

/** A statement as this machine runs it; `used` are the parameters that it has. */
export type Translated = { readonly used: readonly string[] } & (
  | { readonly kind: 'rows' | 'changes' | 'done'; readonly before: readonly string[]; readonly sql: string }
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'copy';
      readonly table: readonly string[];
      readonly columns: readonly string[];
      readonly from: string;
      readonly options: BulkOptions;
    }
  | { readonly kind: 'unload'; readonly sql: string; readonly to: string; readonly options: BulkOptions }
);

export type Translation = Translated | { readonly error: 'syntax' | 'unsupported'; readonly message: string };

/** Redshift's SQL as DuckDB's: one helper process for all statements of a run. */
export class Translator {
  readonly #process: LineProcess<{ sql: string; parameters: Readonly<Record<string, string>> }, Translation>;

  constructor(python: PythonEnvironment, env: NodeJS.ProcessEnv) {
    const script = join(packageRoot(), 'tasks/redshift/engine/translate.py');
    this.#process = new LineProcess('The translator of Redshift’s SQL', script, python, env);
  }

  translate(sql: string, parameters: Readonly<Record<string, string>>): Promise<Translation> {
    return this.#process.ask({ sql, parameters });
  }

  close(): void {
    this.#process.close();
  }
}
