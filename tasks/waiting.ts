import { expression, type FragmentState } from '../authoring/internal.ts';

/** How the end of something is waited for that Step Functions does not wait for itself. */
export interface Waiting {
  /** What is waited for, as messages have it: `export`. */
  readonly what: string;
  /** The call that tells how far it is. */
  readonly look: { readonly Resource: string; readonly Arguments: unknown; readonly Output?: unknown };
  /** The pause between two looks, in seconds: a round of the loop is 7 events of the execution's 25,000. */
  readonly seconds: number;
  /** Conditions in JSONata on the answer, `$states.input`; whoever fulfils neither is waited for. */
  readonly done: string;
  readonly failed: string;
  /** With which error a task fails, and the cause, in JSONata. */
  readonly error: string;
  readonly cause: string;
  /** The call that ends it where the task's time is up. Absent: it goes on. */
  readonly ends?: { readonly Resource: string; readonly Arguments: unknown };
}

/** A look that is lost may be repeated: who loses sight of a job would start another one beside it. */
const LOOK_AGAIN = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2, JitterStrategy: 'FULL' },
];

/** The variable in which the loop has the moment when the task's time is up: a fragment declares it among its own. */
export const DEADLINE = 'deadline';

/** What the state that begins assigns, so that the loop knows when the task's time is up. */
export function deadline(timeoutSeconds: number | undefined): { readonly [DEADLINE]?: unknown } {
  return timeoutSeconds === undefined ? {} : { [DEADLINE]: expression(`$millis() + ${timeoutSeconds * 1000}`) };
}

/**
 * The states that wait: `wait`, `look`, `ended?`, `failed`, and for a task with a time limit `timed out`. The loop begins at `wait` and goes
 * on at `done`, which the fragment has itself.
 */
export function waitingStates(
  { what, look, seconds, done, failed, error, cause, ends }: Waiting,
  timeoutSeconds: number | undefined,
): { readonly [step: string]: FragmentState } {
  const limited = timeoutSeconds !== undefined;
  const late = { Condition: expression(`$millis() > $${DEADLINE}`), Next: ends ? 'end' : 'timed out' };
  return {
    wait: { Type: 'Wait', Seconds: seconds, Next: 'look' },
    look: {
      Type: 'Task',
      ...look,
      ...(limited && { TimeoutSeconds: timeoutSeconds }),
      Retry: LOOK_AGAIN,
      Next: 'ended?',
    },
    'ended?': {
      Type: 'Choice',
      Choices: [
        { Condition: expression(done), Next: 'done' },
        { Condition: expression(failed), Next: 'failed' },
        ...(limited ? [late] : []),
      ],
      Default: 'wait',
    },
    failed: { Type: 'Fail', Error: error, Cause: expression(cause) },
    ...(limited &&
      ends && {
        // What has just ended cannot be ended any more.
        end: { Type: 'Task', ...ends, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'timed out' }], Next: 'timed out' },
      }),
    ...(limited && {
      'timed out': {
        Type: 'Fail',
        Error: 'States.Timeout',
        Cause: `The ${what} did not end within ${timeoutSeconds} seconds.`,
      },
    }),
  };
}
