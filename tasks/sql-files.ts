import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, recordFolder, refuse, shown } from '../authoring/internal.ts';

export interface SqlFile {
  /** The file's name without `.sql`. */
  readonly id: string;
  /** Its text, without a closing semicolon. */
  readonly sql: string;
  /** Relative to the project's root. */
  readonly path: string;
}

/**
 * The `*.sql` files of a folder of the project, in order of name.
 *
 * @example
 * ```ts
 * for (const { id, sql } of sqlFiles('sql')) {
 *   dag.task(id, athena.query({ sql, database: 'sales', results: `s3://lake/answers/${id}/` }));
 * }
 * ```
 */
export function sqlFiles(folder: string): SqlFile[] {
  if (typeof folder !== 'string')
    refuse('DAG107', {
      call: 'sqlFiles(…)',
      argument: 'the folder',
      given: shown(folder),
      wanted: 'a folder of the project, as a text',
    });
  const dir = join(projectRoot(), folder);
  recordFolder(dir);
  let names: string[];
  try {
    names = readdirSync(dir)
      .filter((name) => name.endsWith('.sql'))
      .sort();
  } catch {
    names = [];
  }
  if (names.length === 0) refuse('DAG031', { folder });
  return names.map((name) => ({
    id: name.slice(0, -'.sql'.length),
    sql: readFileSync(join(dir, name), 'utf8').replaceAll('\r\n', '\n').trim().replace(/;$/, '').trimEnd(),
    path: `${folder}/${name}`,
  }));
}
