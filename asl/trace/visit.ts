import type { HistoryEvent } from '../interpret/options.ts';

/** One stay of the execution in a state, read off its history. Times are milliseconds since the epoch. */
export interface Visit {
  readonly state: string;
  /** `Task`, `Parallel`, `Choice` … */
  readonly type: string;
  /** The id of the event that entered it: visits are in this order. */
  readonly id: number;
  readonly entered: number;
  /** The branch or iteration that it is part of; undefined in the machine itself. */
  readonly within?: Within;
  /** Of a Task, a Parallel or a Map: one after the other, more than one where `Retry` had it tried again. */
  readonly attempts: Attempt[];
  /** Its own events; those of states within it are theirs. */
  readonly events: HistoryEvent[];
  exited?: number;
  /** The stay ended with an error, whether it was caught or not. */
  failed: boolean;
  /** A failure elsewhere ended it. */
  aborted?: true;
  error?: string;
  cause?: string;
  /** What the state handed on, as JSON texts. */
  output?: string;
  assigned?: Readonly<Record<string, string>>;
}

/** A branch of a Parallel or an iteration of a Map, while one of its attempts lasts. */
export interface Within {
  readonly visit: Visit;
  /** Of the Parallel or the Map, from 0. */
  readonly attempt: number;
  /** Of a Map; undefined in a branch. */
  readonly iteration?: number;
  readonly began: number;
  ended?: number;
  /** Of an iteration, by its own event. */
  end?: 'succeeded' | 'failed' | 'aborted';
}

/** One try of a state. What lies between two of them is the wait that `Retry` asks for. */
export interface Attempt {
  readonly began: number;
  /** When the work itself began, where the history says so: before that it was only scheduled. */
  started?: number;
  ended?: number;
  end?: 'succeeded' | 'failed' | 'aborted';
  error?: string;
  cause?: string;
}
