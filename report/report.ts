import type { ExecutionStatus } from '../asl/interpret/options.ts';
import type { Answer } from './answers.ts';
import type { TaskEnd } from './end-states.ts';
import type { Written } from './written-files.ts';

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
