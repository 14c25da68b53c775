import {
  type ChecksOf,
  expression,
  type Fragment,
  type LoweringContext,
  oneOf,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { checkedTemplate, formed, type OtherNames } from '../checked.ts';
import { DEADLINE, deadline, waitingStates } from '../waiting.ts';
import { dms } from './service.ts';

/** A replication task that is there, which this task starts. */
export interface TaskParameters {
  /** The replication task's ARN; a value of `dag.env` too. */
  readonly task: string;
  /**
   * What a replication task does that has run before: loads all tables anew (`reload`, the default), or goes on where it stopped (`resume`).
   * One that never ran begins.
   */
  readonly again?: 'reload' | 'resume';
  /** Until when to wait: its end (`stopped`, the default), or, of one that replicates without an end, until it does (`running`). */
  readonly until?: 'stopped' | 'running';
}

/** What DMS says of the replication task. */
export interface TaskOutput {
  readonly ReplicationTaskArn: string;
  readonly ReplicationTaskIdentifier: string;
  readonly Status: string;
  readonly StopReason: string;
  readonly ReplicationTaskStats: { readonly TablesLoaded: number; readonly TablesErrored: number };
}

const POLL_SECONDS = 30;

/**
 * Starts a replication task of DMS and waits for its end. One that fails, that somebody stops, or that could not load a table fails the task
 * with `Dms.TaskFailed`. Where the task's `executionTimeout` is over it is stopped.
 * @see https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'load',
 *   dms.task({ task: 'arn:aws:dms:eu-west-1:123456789012:task:ABCDEFGHIJKLMNOPQRSTUVWXYZ' }),
 *   { executionTimeout: '4h' },
 * );
 * ```
 */
export function task(parameters: TaskParameters): Template<TaskOutput> {
  return checkedTemplate('dms.task', parameters, TASK, made, OTHER_NAMES);
}

const TASK: ChecksOf<TaskParameters> = {
  task: required(
    formed('the ARN of a replication task, `arn:aws:dms:eu-west-1:123456789012:task:…`', (text) =>
      /^arn:[\w-]+:dms:[\w-]+:\d{12}:task:./.test(text),
    ),
  ),
  again: oneOf(['reload', 'resume']),
  until: oneOf(['stopped', 'running']),
};

const OTHER_NAMES: OtherNames = {
  replicationtaskarn: 'task',
  taskarn: 'task',
  startreplicationtasktype: 'again',
  waitforcompletion: 'The task waits for the end: leave it out, or write `until`.',
  replicationtaskid: 'Write its ARN, `task`.',
  tablemappings: 'The replication task that is there has them: leave it out.',
};

const call = (action: string) => `arn:aws:states:::aws-sdk:databasemigration:${action}`;

/** What of the answer is kept: the settings and the mappings may be large. */
const KEPT = {
  ReplicationTaskArn: true,
  ReplicationTaskIdentifier: true,
  Status: true,
  StopReason: true,
  ReplicationTaskStats: true,
} as const;

function made(parameters: TaskParameters): Template<TaskOutput> {
  return template({
    service: 'dms',
    kind: 'dms.task',
    outputFields: KEPT,
    goesOn: 'DMS replication task',
    charge: {
      what: 'the replication instance, by the hour, whether it works or not',
      open: 'the instance is there already',
      source: 'https://aws.amazon.com/dms/pricing/',
    },
    lower: (context) => lower(parameters, context),
    permissions: () => [],
  });
}

function lower({ task: arn, again = 'reload', until = 'stopped' }: TaskParameters, context: LoweringContext): Fragment {
  const { timeoutSeconds } = context;
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  const look = {
    Resource: call('describeReplicationTasks'),
    Arguments: { Filters: [{ Name: 'replication-task-arn', Values: [arn] }], WithoutSettings: true },
    Output: expression(
      `$sift($states.result.ReplicationTasks[0], function($v, $k) { $k in ${JSON.stringify(Object.keys(KEPT)).replaceAll('"', "'")} })`,
    ),
  };
  const rightly =
    "$contains($states.input.StopReason, 'FINISHED') or $contains($states.input.StopReason, 'STOPPED_AFTER')";
  const whole = `$states.input.Status = 'stopped' and $states.input.ReplicationTaskStats.TablesErrored = 0 and (${rightly})`;
  const ended = "$states.input.Status in ['stopped', 'failed', 'deleting']";
  return {
    start: 'find',
    variables: [DEADLINE],
    samples: { find: dms.samples.ready, start: dms.samples.begun, look: dms.samples.loaded },
    states: {
      find: { Type: 'Task', ...look, ...limit, Assign: deadline(timeoutSeconds), Next: 'start' },
      start: {
        Type: 'Task',
        Resource: call('startReplicationTask'),
        Arguments: {
          ReplicationTaskArn: arn,
          StartReplicationTaskType: expression(
            `$states.input.Status = 'ready' ? 'start-replication' : '${again === 'reload' ? 'reload-target' : 'resume-processing'}'`,
          ),
        },
        ...limit,
        Next: 'wait',
      },
      ...waitingStates(
        {
          what: 'replication task',
          look,
          seconds: POLL_SECONDS,
          done: until === 'running' ? `$states.input.Status = 'running' or (${whole})` : whole,
          failed: ended,
          error: 'Dms.TaskFailed',
          cause: '$string($states.input)',
          ends: { Resource: call('stopReplicationTask'), Arguments: { ReplicationTaskArn: arn } },
        },
        timeoutSeconds,
      ),
      done: { Type: 'Succeed' },
    },
  };
}
