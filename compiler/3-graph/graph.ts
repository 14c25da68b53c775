import type { DagModel, Fragment } from '../../authoring/internal.ts';
import type { LoweredTask } from '../2-lower/lower.ts';
import type { GroupMembers } from './groups.ts';

/** A DAG whose dependencies are known and sound: what planning starts from. */
export interface Graph {
  readonly model: DagModel;
  /** By id, in bytewise order of id: the order of declaration means nothing. */
  readonly tasks: ReadonlyMap<string, GraphTask>;
}

export interface GraphTask extends LoweredTask {
  readonly fragment: Fragment;
  /** Every task that it waits for, from `after`, from references and from setups; sorted. */
  readonly upstreams: readonly string[];
  /** Every task that waits for it; sorted. */
  readonly downstreams: readonly string[];
}

/** A DAG before its graph is known to be sound: what the rules look at. */
export interface Draft {
  readonly model: DagModel;
  readonly tasks: ReadonlyMap<string, DraftTask>;
  readonly groups: GroupMembers;
}

export interface DraftTask extends LoweredTask {
  readonly upstreams: ReadonlySet<string>;
}
