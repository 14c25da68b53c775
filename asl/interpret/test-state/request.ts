import type { Clock, TaskHandler } from '../options.ts';

/**
 * What TestState is asked, under the names of the API: `definition`, `input`, `context`, `variables`, `mock.result` and
 * `stateConfiguration.mapItemReaderData` are texts (of JSON, the last as it stands in its source), as they are on the wire.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
export interface TestStateRequest {
  /** A single state; with `stateName` a whole machine. */
  readonly definition: string;
  readonly stateName?: string;
  readonly roleArn?: string;
  /** Default `{}`. */
  readonly input?: string;
  readonly context?: string;
  readonly variables?: string;
  readonly mock?: {
    readonly result?: string;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
    readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
  };
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
  readonly inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  readonly revealSecrets?: boolean;
}

/** What a test runs on. */
export interface TestStateWorld {
  /** Answers a Task without a mock. */
  readonly tasks: TaskHandler;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspectionData?: InspectionData;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html */
export interface InspectionData {
  readonly input?: string;
  readonly afterArguments?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  readonly variables?: string;
  readonly request?: { readonly [field: string]: string };
  readonly response?: { readonly [field: string]: string };
  readonly afterItemsPath?: string;
  readonly afterItemSelector?: string;
  readonly afterItemBatcher?: string;
  readonly afterItemsPointer?: string;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly maxConcurrency?: number;
  readonly errorDetails?: {
    readonly catchIndex?: number;
    readonly retryIndex?: number;
    readonly retryBackoffIntervalSeconds?: number;
  };
}

/** A request that the API refuses; `name` is the exception's. */
export class TestStateRefusal extends Error {
  override readonly name: 'InvalidDefinition' | 'InvalidExecutionInput' | 'ValidationException';

  constructor(name: TestStateRefusal['name'], message: string) {
    super(message);
    this.name = name;
  }
}

export function invalid(message: string): TestStateRefusal {
  return new TestStateRefusal('ValidationException', message);
}
