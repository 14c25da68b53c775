import { join } from 'node:path';
import type { PythonEnvironment } from '../../../engines/python/environment.ts';
import { LineProcess } from '../../../engines/python/line-process.ts';
import { packageRoot } from '../../../packaging/own-files.ts';
import type { Named } from './lineage.ts';

export type Translation =
  | {
      readonly sql: string;
      /** Those that the query reads, where they were asked for. */
      readonly tables?: readonly Named[];
    }
  | {
      readonly error: 'syntax' | 'statement' | 'function' | 'construct';
      readonly message: string;
      readonly line?: number;
      readonly column?: number;
    };

/** Athena's SQL as DuckDB's: one helper process for all queries of a run. */
export class Translator {
  readonly #process: LineProcess<{ sql: string; parameters: readonly string[]; tables: boolean }, Translation>;

  constructor(python: PythonEnvironment, env: NodeJS.ProcessEnv) {
    const script = join(packageRoot(), 'tasks/athena/engine/translate.py');
    this.#process = new LineProcess('The translator of SQL', script, python, env);
  }

  /** @param wanted whether the tables that the query reads are of interest */
  translate(sql: string, parameters: readonly string[], { tables = false } = {}): Promise<Translation> {
    return this.#process.ask({ sql, parameters, tables });
  }

  close(): void {
    this.#process.close();
  }
}
