import { relative } from 'node:path';
import type { Note } from '../../engines/engine.ts';
import type { TaskProgress } from './tracker.ts';

export type { Note };

/** What a person sees while a run goes on. */
export interface Progress {
  /** What is being prepared, before the first task: one line, replaced by the next. */
  status(text: string): void;
  /** The tasks are about to start. */
  begin(title: string): void;
  /** A task's standing has changed. */
  change(task: TaskProgress, all: () => readonly TaskProgress[]): void;
  note(note: Note): void;
  end(): void;
}

export interface Style {
  readonly columns: number;
  readonly rows: number;
  readonly colours: boolean;
}

type Failure = Extract<Note, { kind: 'failure' }>;

/** What is told of a failed attempt: its own last lines, unless an earlier attempt of the task has said the same. */
export class FailureTeller {
  readonly #said = new Map<string, string>();

  tell({ state, attempt, title, lines, log }: Failure): { title: string; lines: readonly string[] } {
    const which = attempt === 0 ? '' : ` (attempt ${attempt + 1})`;
    const again = this.#said.get(state) === lines.join('\n');
    this.#said.set(state, lines.join('\n'));
    if (again) return { title: `${state}${which}: ${title}, as before`, lines: [] };
    return {
      title: `${state}${which}: ${title}`,
      lines: log === undefined ? lines : [...lines, `(its log: ${relative(process.cwd(), log)})`],
    };
  }
}
