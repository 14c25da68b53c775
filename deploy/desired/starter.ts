import type { Json } from '../../asl/json/value.ts';
import type { Names, Place } from '../../aws/names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { windowOf } from '../../project/schedule.ts';

/**
 * The machine between the schedule and the DAG: an execution's name is its logical date, and Scheduler's time has colons, which names
 * forbid. A name that is taken means that the date has its run already, whoever started it. Dates before the DAG's `startDate` and after its
 * `endDate` start nothing.
 */
export function starterDefinition(manifest: Manifest, names: Names, { partition }: Place): Json {
  const window = dueWindow(manifest);
  const start = {
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:sfn:startExecution`,
    Arguments: {
      StateMachineArn: names.aliasArn,
      Name: "{% $replace($states.input.scheduled_time, /[-:]|\\.[0-9]+/, '') & '-1' %}",
      Input: "{% $string({'logical_date': $states.input.scheduled_time}) %}",
    },
    Retry: [
      { ErrorEquals: [TAKEN], MaxAttempts: 0 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 300 },
    ],
    Catch: [{ ErrorEquals: [TAKEN], Next: 'is there already' }],
    End: true,
  };
  return {
    Comment: `Starts ${manifest.dag} for the logical date at which its schedule is due.`,
    QueryLanguage: 'JSONata',
    StartAt: window === undefined ? 'start' : 'due?',
    States: {
      ...(window !== undefined && {
        'due?': { Type: 'Choice', Choices: [{ Condition: window, Next: 'start' }], Default: 'not due' },
        'not due': { Type: 'Succeed' },
      }),
      start,
      'is there already': { Type: 'Succeed' },
    },
  };
}

const TAKEN = 'Sfn.ExecutionAlreadyExistsException';

function dueWindow(manifest: Manifest): string | undefined {
  const { start, end } = windowOf(manifest);
  const bounds = [...(start === undefined ? [] : [`$t >= ${start}`]), ...(end === undefined ? [] : [`$t <= ${end}`])];
  if (bounds.length === 0) return undefined;
  return `{% ($t := $toMillis($states.input.scheduled_time); ${bounds.join(' and ')}) %}`;
}
