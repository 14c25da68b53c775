import { readFile } from 'node:fs/promises';
import { parseCsv } from '../engines/athena/csv.ts';
import type { Note } from '../engines/engine.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** The answer to a question: what a query's result holds. */
export interface Answer {
  readonly task: string;
  readonly question: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly file: string;
}

/** Reads the results that the run's queries wrote, in the order of the DAG's tasks. */
export async function readAnswers(manifest: Manifest, notes: readonly Note[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const task of manifest.tasks) {
    const note = notes.findLast((n) => n.kind === 'answer' && task.states.includes(n.state));
    if (note?.kind !== 'answer') continue;
    const [header = [], ...rows] = parseCsv(await readFile(note.file, 'utf8'));
    answers.push({
      task: task.id,
      question: task.description ?? questionOf(note.sql) ?? task.id,
      columns: header.map((name) => name ?? ''),
      rows,
      file: note.file,
    });
  }
  return answers;
}

/** The first line of the comment that a query begins with. */
function questionOf(sql: string): string | undefined {
  return /^\s*--\s*(.+?)\s*$/m.exec(sql.split('\n')[0] ?? '')?.[1];
}
