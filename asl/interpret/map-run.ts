import type { Json } from '../json/value.ts';

/** How many items, or child executions, of a Map run stand where. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapRunItemCounts.html */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
  readonly failuresNotRedrivable: number;
  readonly pendingRedrive: number;
}

/** DescribeMapRun's answer; dates in milliseconds. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export interface MapRunDescription extends MapRunSettings {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: number;
  readonly stopDate?: number;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  readonly redriveDate?: number;
}

/** What UpdateMapRun may change while the run is under way; 0 is no limit, of the tolerances: none is set. */
export interface MapRunSettings {
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
  readonly toleratedFailureCount: number;
}

/** A distributed Map's run as whoever watches the execution sees it. */
export interface MapRun {
  readonly mapRunArn: string;
  /** The counts and the settings of this moment. */
  describe(): MapRunDescription;
  /** Changes what is given; children that are under way go on. Nothing where the run has ended. */
  update(settings: Partial<MapRunSettings>): void;
}

/** A child execution of a distributed Map; dates in milliseconds. */
export interface ChildExecution {
  readonly executionArn: string;
  /** `…:stateMachine:<machine>/<label>`. */
  readonly stateMachineArn: string;
  readonly mapRunArn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Its number in the Map run, from 0: its result stands there in the Map's. */
  readonly index: number;
  /** How many items of the dataset it was given: more than one in a batch. */
  readonly itemCount: number;
  readonly input: Json;
  /** PENDING: the run ended before it was started; it is no execution, and has no dates. */
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startDate?: number;
  readonly stopDate?: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: number;
}
