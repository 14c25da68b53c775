/** A state that failed, or a branch, or the execution: what Retry and Catch look at. */
export class StateFailure {
  /** Missing only where a Fail state, or who holds the task token, gives none. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Another name under which Retry and Catch may know it. */
  readonly alias: string | undefined;
  /** What a task did not come to: it failed before it was at work. */
  readonly phase: 'schedule' | 'start' | 'submit' | undefined;

  constructor(
    error: string | undefined,
    cause: string | undefined,
    alias?: string,
    phase?: 'schedule' | 'start' | 'submit',
  ) {
    this.error = error;
    this.cause = cause;
    this.alias = alias;
    this.phase = phase;
  }
}

/** Why an execution ends at once, whatever its states would do about it. */
export class ExecutionEnd {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error: string | undefined;
  readonly cause: string | undefined;

  constructor(status: 'FAILED' | 'TIMED_OUT' | 'ABORTED', error?: string, cause?: string) {
    this.status = status;
    this.error = error;
    this.cause = cause;
  }
}

/**
 * Whether an entry of `ErrorEquals` matches. `States.TaskFailed` stands for every error but a timeout, `States.ALL` for every one but
 * `States.DataLimitExceeded`; `States.Runtime` is matched by no name at all, not its own either.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function matches(failure: StateFailure, errorEquals: readonly string[]): boolean {
  const { error, alias } = failure;
  if (error === 'States.Runtime') return false;
  return errorEquals.some((name) => {
    if (name === error || (alias !== undefined && name === alias)) return true;
    if (name === 'States.ALL') return error !== 'States.DataLimitExceeded';
    return name === 'States.TaskFailed' && error !== 'States.Timeout';
  });
}
