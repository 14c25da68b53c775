import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ExecutionStatus } from '../asl/interpret/options.ts';
import { parseCsv } from '../engines/csv.ts';
import type { Note } from '../engines/engine.ts';
import type { Denial } from '../engines/iam/index.ts';
import { filesBelow } from '../engines/lake/lake.ts';
import type { Delivered } from '../engines/lineage/outbox.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { TaskEnd } from './end-states.ts';

/** How a run went: what is printed, and what `--json` gives. */
export interface RunReport {
  readonly run: string;
  readonly dag: string;
  readonly status: ExecutionStatus;
  readonly error?: string;
  readonly cause?: string;
  /** Real time, in milliseconds. */
  readonly milliseconds: number;
  readonly tasks: readonly TaskEnd[];
  readonly answers: readonly Answer[];
  readonly files: readonly Written[];
  /** The run's folder: its record, history and logs. */
  readonly folder: string;
  /** An HTML file in it that shows the run. */
  readonly picture: string;
  readonly logs: readonly { readonly task: string; readonly file: string }[];
  /** What policies denied, where the run was held against them. */
  readonly denials?: readonly (Denial & { readonly task: string })[];
  /** What became of the events of its lineage, where that was asked for. */
  readonly lineage?: SentLineage;
}

/** What became of the events of a run's lineage. */
export interface SentLineage extends Delivered {
  /** The file of the run that has all of them, relative to the project. */
  readonly file: string;
  /** The file that they were added to, relative to the project, or the address. */
  readonly to: string;
}

/** The report as a program reads it. */
export function jsonReport(report: RunReport): string {
  const { milliseconds, tasks, ...rest } = report;
  return JSON.stringify(
    {
      ...rest,
      seconds: milliseconds / 1000,
      tasks: tasks.map(({ entered, exited, ...task }) => ({
        ...task,
        ...(entered !== undefined && exited !== undefined && { seconds: (exited - entered) / 1000 }),
      })),
    },
    null,
    2,
  );
}

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

/** Files that a run wrote: single ones by name, a folder of a table's parts as the folder and how many. */
export interface Written {
  /** Relative to the working folder. */
  readonly path: string;
  readonly files: number;
}

/** What the run wrote below the buckets' folders: the files that are new or changed since it began. */
export async function writtenFiles(buckets: readonly string[], since: number, cwd: string): Promise<Written[]> {
  const folders = new Map<string, string[]>();
  for (const bucket of buckets) {
    for await (const file of filesBelow(bucket)) {
      const name = file.slice(dirname(file).length + 1);
      if (name.startsWith('.') || name.startsWith('_')) continue;
      if ((await stat(file)).mtimeMs < since) continue;
      folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), name]);
    }
  }
  const written = [...folders].flatMap(([folder, names]): Written[] => {
    const parts = names.some((name) => name.startsWith('part-'));
    if (parts) return [{ path: `${relative(cwd, folder)}/`, files: names.length }];
    return names.map((name) => ({ path: relative(cwd, join(folder, name)), files: 1 }));
  });
  return written.sort((a, b) => (a.path < b.path ? -1 : 1));
}
