import type { ProcessGroups } from '../engines/process/process-groups.ts';
import type { Progress } from '../report/progress/progress.ts';
import type { Selection } from './select.ts';

export interface RunOptions extends Selection {
  readonly dag: string;
  /** The folder of the project: `dagwright.yaml`, `requirements.txt`, the assets, `.dagwright/`. */
  readonly project: string;
  readonly dist: string;
  /** A file with `{"params": …, "logical_date": …}`. */
  readonly input?: string;
  /** Each `s3://bucket/prefix=DIR`. */
  readonly mounts: readonly string[];
  /** Where another copy of the run's picture goes, from the project's folder. */
  readonly html?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly groups: ProcessGroups;
  /** Aborting it ends the run as ABORTED, with everything that it started. */
  readonly signal: AbortSignal;
  readonly random?: () => number;
}
