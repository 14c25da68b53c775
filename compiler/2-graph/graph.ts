import type { DagModel, Fragment, Target, TaskModel } from '../../authoring/internal.ts';
import type { GroupMembers } from './groups.ts';

/** A DAG whose dependencies are known and sound: what planning starts from. */
export interface Graph {
  readonly model: DagModel;
  /** By id, in bytewise order of id: the order of declaration means nothing. */
  readonly tasks: ReadonlyMap<string, GraphTask>;
}

export interface GraphTask {
  readonly model: TaskModel;
  /** Every task that it waits for, from `after`, from references and from setups; sorted. */
  readonly upstreams: readonly string[];
  /** Every task that waits for it; sorted. */
  readonly downstreams: readonly string[];
  /** The references in what it is given, each once. */
  readonly reads: readonly Target[];
  /** Those of them that take their value to be there: nothing says what stands for it where it is not. */
  readonly bare: readonly Target[];
}

/** A task as it is before the graph is known to be sound: what the rules look at. */
export interface DraftTask {
  readonly model: TaskModel;
  readonly fragment: Fragment | undefined;
  readonly upstreams: ReadonlySet<string>;
  readonly reads: readonly Target[];
  /** Those of them that take their value to be there: nothing says what stands for it where it is not. */
  readonly bare: readonly Target[];
}

export interface Draft {
  readonly model: DagModel;
  readonly tasks: ReadonlyMap<string, DraftTask>;
  readonly groups: GroupMembers;
}
