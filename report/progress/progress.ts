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
