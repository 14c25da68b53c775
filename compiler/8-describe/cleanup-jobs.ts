import type { FragmentState } from '../../authoring/internal.ts';
import type { Job, JobCall } from '../../tasks/service.ts';

/** A kind of job, by the call that starts one as the history names it: `glue:startJobRun.sync`. */
export interface JobKind {
  readonly calls: readonly string[];
  readonly job: Job;
}

/** The argument that names the machine of a child execution. */
const MACHINE = 'StateMachineArn';

/** How many times the status of a job is read, with 10 s between the first two and a minute between the last: half an hour in all. */
const MOST_TRIES = 32;

/** How much of a history is read at a time: all of a page stands in one answer, which has at most 256 KiB. */
const PAGE_EVENTS = 100;

/** A call that is throttled is worth trying again; what is too large stays so. */
const READ_RETRY = [
  { ErrorEquals: ['States.DataLimitExceeded'], MaxAttempts: 0 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 300 },
];

/**
 * The part of the cleanup machine that ends jobs. Each job's id stands in the history of the execution that started it: Step Functions
 * records what a service answered to a `.sync` in the event `TaskSubmitted`. A job whose task went on to succeed, or failed as the job did
 * (`States.TaskFailed`), has ended; the status of what else was submitted is read, then it is ended and waited for.
 *
 *     history, a page at a time ─▶ open jobs ─▶ of each: ask ─▶ ended? ─▶ end ─▶ wait ─▶ ask …
 *
 * @param next where it goes on when every job has been seen to
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TaskSubmittedEventDetails.html
 */
export function jobStates(kinds: readonly JobKind[], next: string): { readonly [name: string]: FragmentState } {
  return {
    history: {
      Type: 'Task',
      Comment: 'What the execution did, a page at a time.',
      Resource: 'arn:aws:states:::aws-sdk:sfn:getExecutionHistory',
      Arguments: "{% $merge([{'ExecutionArn': $execution, 'MaxResults': $size}, $after]) %}",
      Assign: {
        open: openJobs(kinds),
        after: "{% $exists($states.result.NextToken) ? {'NextToken': $states.result.NextToken} : {} %}",
      },
      Output: {},
      Retry: READ_RETRY,
      Catch: [
        {
          ErrorEquals: ['States.DataLimitExceeded'],
          Assign: { size: '{% $floor($size / 10) %}', open: [], after: {} },
          Next: 'smaller pages?',
        },
      ],
      Next: 'more history?',
    },
    'smaller pages?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $size > 0 %}', Next: 'history' }],
      Default: 'history is too large',
    },
    'history is too large': {
      Type: 'Fail',
      Error: 'Cleanup.HistoryTooLarge',
      Cause: 'One event of the execution is too large to be read, so that its jobs are not known.',
    },
    'more history?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $exists($after.NextToken) %}', Next: 'history' }],
      Default: 'each open job',
    },
    'each open job': {
      Type: 'Map',
      Comment: 'The jobs that may still run: of the states that are tried again, else of all.',
      Items: itemsOf(kinds),
      MaxConcurrency: 5,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'job',
        States: oneJob(kinds),
      },
      Assign: { running: '{% [$states.result.running] %}' },
      Output: {},
      Next: next,
    },
  };
}

/** The variables of the part, with their first values. */
export const JOB_VARIABLES = {
  state: '{% $exists($states.input.state) ? $states.input.state : null %}',
  size: PAGE_EVENTS,
  after: {},
  open: [],
} as const;

/** What follows from the jobs that could not be ended. */
export function endStates(done: string): { readonly [name: string]: FragmentState } {
  return {
    'all ended?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($running) > 0 %}', Next: 'jobs still run' }],
      Default: done,
    },
    'jobs still run': {
      Type: 'Fail',
      Error: 'Job.StillRunning',
      Cause: '{% $string($running) %}',
    },
  };
}

/**
 * The visits to tasks that have not ended, each by its latest event (`at`): an event says which it follows. What ended is left out, what
 * was given up (`TaskTimedOut`, or an error that is not the job's) stays, and is entered once more for the next try of the same state.
 */
function openJobs(kinds: readonly JobKind[]): string {
  const given = namesIn(kinds.flatMap(({ job }) => job.given ?? []));
  const made = namesIn(kinds.flatMap(({ job }) => job.made));
  const kept = (text: string, names: string) => `$sift($parse(${text}), function($v, $k) { $k in ${names} })`;
  const details = '$event.TaskSubmittedEventDetails';
  const scheduled =
    given === '[]'
      ? "{'at': $event.Id}"
      : `{'at': $event.Id, 'given': ${kept('$event.TaskScheduledEventDetails.Parameters', given)}}`;
  return `{% ${[
    '$reduce($states.result.Events, function($open, $event) { (',
    '$of := $open[at = $event.PreviousEventId];',
    '$others := $open[at != $event.PreviousEventId];',
    "$again := $of.{'at': $event.Id, 'state': state};",
    "$event.Type = 'TaskStateEntered' ? [$open, {'at': $event.Id, 'state': $event.StateEnteredEventDetails.Name}]",
    `: $event.Type = 'TaskScheduled' ? [$others, $merge([$of, ${scheduled}])]`,
    ": $event.Type = 'TaskStarted' ? [$others, $merge([$of, {'at': $event.Id}])]",
    `: $event.Type = 'TaskSubmitted' ? [$others, $merge([$of, {'at': $event.Id, 'call': ${details}.ResourceType & ':' & ${details}.Resource, 'made': $exists(${details}.Output) ? ${kept(`${details}.Output`, made)} : {}}])]`,
    ": $event.Type = 'TaskSucceeded' ? [$others]",
    ": $event.Type = 'TaskFailed' and $event.TaskFailedEventDetails.Error = 'States.TaskFailed' ? [$others, $again]",
    ": $event.Type in ['TaskFailed', 'TaskTimedOut'] ? [$open, $again]",
    ': $open ) }, $open)',
  ].join(' ')} %}`;
}

function itemsOf(kinds: readonly JobKind[]): string {
  const calls = isOneOf(kinds.flatMap((kind) => kind.calls));
  // An execution of this machine itself, which a task started for its job, ends by itself.
  const others = kinds.some(({ job }) => job.given?.includes(MACHINE))
    ? ` and $not(given.${MACHINE} = $states.context.StateMachine.Id)`
    : '';
  const found = `$open[call ${calls} and ($state = null or state in $state)${others}]`;
  const lists = kinds.flatMap(({ job }) => job.each ?? []);
  // A call that makes several at once has made a job of each.
  const each = lists.reduce(
    (jobs, list) =>
      `${jobs}.($job := $; $exists(made.${list}) ? made.${list}.$merge([$job, {'made': {'${list}': $}}]) : $job)`,
    found,
  );
  return `{% [${each}] %}`;
}

/** Of one job. Whatever a call fails with, it is repeated: throttling says nothing about the job. */
function oneJob(kinds: readonly JobKind[]): { readonly [name: string]: FragmentState } {
  const asks = kinds.map(({ job }): [string, FragmentState] => [askName(job), ask(job)]);
  const ends = kinds.map(({ job }): [string, FragmentState] => [endName(job), end(job)]);
  return {
    job: {
      Type: 'Pass',
      Assign: { job: '{% $states.input %}', tries: 1 },
      Next: toOneOf(kinds, askName, 'which job?'),
    },
    ...chosen(kinds, askName, 'which job?'),
    ...Object.fromEntries(asks),
    'ended?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.ended %}', Next: 'ended' }],
      Default: toOneOf(kinds, endName, 'end which?'),
    },
    ...chosen(kinds, endName, 'end which?'),
    ...Object.fromEntries(ends),
    wait: {
      Type: 'Wait',
      Seconds: '{% $min([10 * $tries, 60]) %}',
      Assign: { tries: '{% $tries + 1 %}' },
      Next: 'too long?',
    },
    'too long?': {
      Type: 'Choice',
      Choices: [{ Condition: `{% $tries > ${MOST_TRIES} %}`, Next: 'still running' }],
      Default: toOneOf(kinds, askName, 'which job?'),
    },
    ended: { Type: 'Succeed', Output: {} },
    'still running': { Type: 'Succeed', Output: { running: '{% $job %}' } },
  };
}

const askName = ({ title }: Job) => `ask ${title}`;
const endName = ({ title }: Job) => `end ${title}`;

function ask({ asks }: Job): FragmentState {
  const { state, ended, forgotten = [] } = asks;
  return {
    ...call(asks),
    Output: { ended: `{% $exists(${state}) ? ${state} in ${namesIn(ended)} : true %}` },
    Catch: [
      ...(forgotten.length > 0 ? [{ ErrorEquals: forgotten, Next: 'ended' }] : []),
      { ErrorEquals: ['States.ALL'], Next: 'wait' },
    ],
    Next: 'ended?',
  };
}

function end({ ends }: Job): FragmentState {
  return { ...call(ends), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'wait' }], Next: 'wait' };
}

function call({ call, arguments: args }: JobCall): FragmentState {
  return { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${call}`, Arguments: args };
}

/** Where a job's own state is among several, a Choice leads there; of one kind alone there is nothing to choose. */
function toOneOf(kinds: readonly JobKind[], nameOf: (job: Job) => string, choice: string): string {
  return kinds.length === 1 ? nameOf(kinds[0]!.job) : choice;
}

function chosen(
  kinds: readonly JobKind[],
  nameOf: (job: Job) => string,
  choice: string,
): { readonly [name: string]: FragmentState } {
  if (kinds.length === 1) return {};
  const Choices = kinds.slice(0, -1).map(({ calls, job }) => ({
    Condition: `{% $job.call ${isOneOf(calls)} %}`,
    Next: nameOf(job),
  }));
  return { [choice]: { Type: 'Choice', Choices, Default: nameOf(kinds.at(-1)!.job) } };
}

function isOneOf(names: readonly string[]): string {
  return names.length === 1 ? `= '${names[0]}'` : `in ${namesIn(names)}`;
}

/** A list of texts in JSONata, each once. */
function namesIn(names: readonly string[]): string {
  return `[${[...new Set(names)].map((name) => `'${name}'`).join(', ')}]`;
}
