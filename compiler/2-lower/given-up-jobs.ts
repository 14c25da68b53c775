import type { Catcher } from '../../asl/language/types.ts';
import {
  builtIn,
  contextReference,
  expression,
  type Fragment,
  type FragmentState,
  stepReference,
  type TaskModel,
} from '../../authoring/internal.ts';
import type { Job } from '../../tasks/service.ts';
import { jobOf } from '../../tasks/services.ts';

/** The error of a task whose job could not be seen ended: another try could run beside it. */
export const STILL_RUNNING = 'Job.StillRunning';

/** The steps that are added; a template's own have other names. */
const ENDED = 'job ended?';
const END_JOB = 'end job';
const GIVEN_UP = 'given up';

/**
 * The states of a task that is tried again, so that it never has two jobs at a time. A `.sync` that failed may leave its job running:
 * Step Functions cancels what timed out as best it can, and not at all where its polling of the job was throttled. So unless the
 * error is the job's own, the cleanup machine reads the job's id in the history of the execution, asks, ends it where it runs, and waits
 * until it has ended. Then the task fails with the call's own error, and is tried again as it says. Where the job cannot be seen ended, it
 * fails with an error of its own, which is not tried again.
 *
 *     call ─▶ job ended? ─▶ end job ─▶ given up ─▶ the next try
 *
 * A call that catches everything itself goes on to what it says in place of `given up`.
 *
 * `Catch` and `Retry` of the call itself cannot part the errors: in both, `States.TaskFailed` stands for every error but `States.Timeout`.
 * A task without retries stays the one state that it is: its job is ended with the execution. So does one of which two at a time do no harm.
 */
export function endingGivenUpJobs(
  fragment: Fragment,
  { retries, executionTimeoutMs }: Pick<TaskModel, 'retries' | 'executionTimeoutMs'>,
): Fragment {
  const steps = Object.entries(fragment.states);
  const calls = steps.flatMap(([step, state]) => (mayNotRunTwice(state) ? [step] : []));
  if (retries === 0 || calls.length === 0) return fragment;
  // A task of one state gets its time limit where it is emitted; one of several has it in its states.
  const limit =
    steps.length === 1 && executionTimeoutMs !== undefined
      ? { TimeoutSeconds: Math.ceil(executionTimeoutMs / 1000) }
      : {};
  const own = calls.flatMap((step) => catchers(fragment.states[step]!).filter(catchesAll)).at(0)?.Next;
  const states = steps.map(([step, state]): [string, FragmentState] => [
    step,
    calls.includes(step)
      ? { ...state, ...limit, Catch: [...catchers(state).filter((one) => !catchesAll(one)), GIVES_UP] }
      : state,
  ]);
  const then = own ?? GIVEN_UP;
  return {
    ...fragment,
    states: {
      ...Object.fromEntries(states),
      [ENDED]: { Type: 'Choice', Choices: [{ Condition: JOB_FAILED, Next: then }], Default: END_JOB },
      [END_JOB]: endJob(calls.map(stepReference), then),
      ...(own === undefined && { [GIVEN_UP]: GIVEN_UP_STATE }),
    },
    neverRetriedOn: [...(fragment.neverRetriedOn ?? []), STILL_RUNNING],
  };
}

/** Whether a task that is tried again first sees its job ended. */
export function seesJobEnded({ states }: Fragment): boolean {
  return END_JOB in states;
}

/** The jobs that a task's states start, by the Resource that does; what ends one is not among them. */
export function jobsIn({
  states,
}: Fragment): { readonly resource: string; readonly state: FragmentState; readonly job: Job }[] {
  return Object.entries(states).flatMap(([step, state]) => {
    const resource = `${state.Resource}`;
    const job = step !== END_JOB && startsJob(state) ? jobOf(resource) : undefined;
    return job === undefined ? [] : [{ resource, state, job }];
  });
}

/** A job of another account, which is started with a role of that account, is none that the cleanup machine could find. */
function startsJob({ Type, Resource, Credentials }: FragmentState): boolean {
  return Type === 'Task' && Credentials === undefined && jobOf(`${Resource}`) !== undefined;
}

/** Whether a second one must wait until the first has ended. */
function mayNotRunTwice(state: FragmentState): boolean {
  if (!startsJob(state)) return false;
  const { harmlessTwice } = jobOf(`${state.Resource}`)!;
  if (harmlessTwice === undefined) return true;
  const text = (state.Arguments as { readonly [name: string]: unknown } | undefined)?.[harmlessTwice.argument];
  return typeof text !== 'string' || !harmlessTwice.form.test(text);
}

/** A catcher of a template's state. */
type StepCatcher = Pick<Catcher, 'ErrorEquals' | 'Next'>;

function catchers({ Catch = [] }: FragmentState & { readonly Catch?: unknown }): readonly StepCatcher[] {
  return Catch as readonly StepCatcher[];
}

function catchesAll({ ErrorEquals }: StepCatcher): boolean {
  return ErrorEquals.includes('States.ALL');
}

const GIVES_UP = { ErrorEquals: ['States.ALL'], Next: ENDED };

/** With this error Step Functions says how a job ended; after any other it may run. */
const JOB_FAILED = expression("$states.input.Error = 'States.TaskFailed'");

/**
 * @param calls the states whose jobs are ended, one as a rule
 * @param then where the call's error goes on to
 */
function endJob(calls: readonly string[], then: string): FragmentState {
  const machine = `arn:${builtIn('partition')}:states:${builtIn('region')}:${builtIn('account')}:stateMachine:${builtIn('cleanup')}`;
  return {
    Type: 'Task',
    Comment: 'Before another try: a job that the call left running is ended.',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: machine,
      Input: {
        execution: contextReference('Execution', 'Id'),
        state: calls.length === 1 ? calls[0] : calls,
      },
    },
    Output: expression('$states.input'),
    Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
    Catch: [
      {
        ErrorEquals: ['States.ALL'],
        Output: {
          Error: STILL_RUNNING,
          Cause: expression(
            "'After ' & $states.input.Error & ' its job may still run (' & $states.errorOutput.Error & ' while it was ended), so that it is not tried again.'",
          ),
        },
        Next: then,
      },
    ],
    Next: then,
  };
}

const GIVEN_UP_STATE: FragmentState = {
  Type: 'Fail',
  Error: expression('$states.input.Error'),
  Cause: expression("'' & $states.input.Cause"),
};
