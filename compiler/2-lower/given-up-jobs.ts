import {
  builtIn,
  contextReference,
  expression,
  type Fragment,
  type FragmentState,
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
 * Step Functions cancels what timed out as best it can, and not at all where it was throttled while it asked how the job is. So unless the
 * error is the job's own, the cleanup machine reads the job's id in the history of the execution, asks, ends it where it runs, and waits
 * until it has ended. Then the task fails with the call's own error, and is tried again as it says. Where the job cannot be seen ended, it
 * fails with an error of its own, which is not tried again.
 *
 *     call ─▶ job ended? ─▶ end job ─▶ given up ─▶ the next try
 *
 * A task without retries stays the one state that it is: its job is ended with the execution.
 */
export function endingGivenUpJobs(
  fragment: Fragment,
  { retries, executionTimeoutMs }: Pick<TaskModel, 'retries' | 'executionTimeoutMs'>,
): Fragment {
  const steps = Object.entries(fragment.states);
  if (retries === 0 || !steps.some(([, state]) => startsJob(state))) return fragment;
  // A task of one state gets its time limit where it is emitted; one of several has it in its states.
  const limit =
    steps.length === 1 && executionTimeoutMs !== undefined
      ? { TimeoutSeconds: Math.ceil(executionTimeoutMs / 1000) }
      : {};
  const states = steps.map(([step, state]): [string, FragmentState] => [
    step,
    startsJob(state) ? { ...state, ...limit, Catch: [...catchers(state), GIVES_UP] } : state,
  ]);
  return {
    ...fragment,
    states: {
      ...Object.fromEntries(states),
      [ENDED]: { Type: 'Choice', Choices: [JOB_FAILED], Default: END_JOB },
      [END_JOB]: endJob(),
      [GIVEN_UP]: GIVEN_UP_STATE,
    },
    neverRetriedOn: [...(fragment.neverRetriedOn ?? []), STILL_RUNNING],
  };
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

function startsJob({ Type, Resource }: FragmentState): boolean {
  return Type === 'Task' && jobOf(`${Resource}`) !== undefined;
}

function catchers({ Catch = [] }: FragmentState & { readonly Catch?: unknown }): readonly unknown[] {
  return Catch as readonly unknown[];
}

/** The error goes along, and the name of the state that failed, by which its jobs are found. */
const GIVES_UP = {
  ErrorEquals: ['States.ALL'],
  Output: expression("$merge([$states.errorOutput, {'State': $states.context.State.Name}])"),
  Next: ENDED,
};

/** With this error Step Functions says how a job ended; after any other it may run. */
const JOB_FAILED = { Condition: expression("$states.input.Error = 'States.TaskFailed'"), Next: GIVEN_UP };

function endJob(): FragmentState {
  const machine = `arn:${builtIn('partition')}:states:${builtIn('region')}:${builtIn('account')}:stateMachine:${builtIn('cleanup')}`;
  return {
    Type: 'Task',
    Comment: 'Before another try: a job that the call left running is ended.',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: {
      StateMachineArn: machine,
      Input: {
        execution: contextReference('Execution', 'Id'),
        state: expression('$states.input.State'),
      },
    },
    Output: expression('$states.input'),
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 1, BackoffRate: 1 }],
    Catch: [
      {
        ErrorEquals: ['States.ALL'],
        Output: {
          Error: STILL_RUNNING,
          Cause: expression(
            "'After ' & $states.input.Error & ' its job may still run (' & $states.errorOutput.Error & ' while it was ended), so that it is not tried again.'",
          ),
        },
        Next: GIVEN_UP,
      },
    ],
    Next: GIVEN_UP,
  };
}

const GIVEN_UP_STATE: FragmentState = {
  Type: 'Fail',
  Error: expression('$states.input.Error'),
  Cause: expression("'' & $states.input.Cause"),
};
