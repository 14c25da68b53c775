import {
  type ChecksOf,
  contextReference,
  filled,
  flag,
  isReference,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, formed, jsonObject, type OtherNames } from '../checked.ts';
import { arnOf } from '../own-names.ts';
import { stepFunctions } from './service.ts';

/** An execution of another state machine. */
export interface RunParameters {
  /** The machine's ARN, with a version or an alias too, also as a value of `dag.env`; or the name of one of this account, `nightly`. */
  readonly machine: string;
  /** Its input. An object is given the id of this execution as well, by which the console links the two. Default `{}`. */
  readonly input?: unknown;
  /** The execution's name, which a machine takes once in 90 days. Default: one of AWS's own. */
  readonly name?: string;
  /** Default true: the task ends with the execution, and fails where that does. False: it ends when the execution has begun. */
  readonly wait?: boolean;
}

/** What a task answers that does not wait. */
export interface StartedExecution {
  readonly ExecutionArn: string;
  readonly StartDate: string;
}

/**
 * Runs another state machine and waits for its end. The task's output is what the execution gives out; one that fails, is aborted or times out
 * fails the task with `States.TaskFailed`, the description of the execution as the cause. An execution that nobody waits for any more is stopped.
 *
 * @typeParam Output what the execution gives out
 * @example
 * ```ts
 * const checked = dag.task('check', stepFunctions.run<{ rows: number }>({ machine: 'quality', input: { day: dag.logicalDate } }));
 * dag.task('tell', sns.publish({ topic: 'done', message: `rows: ${checked.output.rows}` }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function run<Output = StartedExecution>(parameters: RunParameters & { readonly wait: false }): Template<Output>;
// biome-ignore lint/suspicious/noExplicitAny: what an execution gives out is JSON of any make, unless its caller says more
export function run<Output = any>(parameters: RunParameters): Template<Output>;
export function run<Output>(parameters: RunParameters): Template<Output> {
  return checkedTemplate('stepFunctions.run', parameters, RUN, made<Output>, OTHER_NAMES);
}

const MACHINE =
  'the ARN of a state machine, `arn:aws:states:eu-west-1:111122223333:stateMachine:nightly`, or the name of one of this account';
const RUN: ChecksOf<RunParameters> = {
  machine: required(
    formed(MACHINE, (text) =>
      /^(?:arn:[^:]+:states:[^:]+:\d{12}:stateMachine:)?[^\s:/*]{1,80}(?::[^\s:]+)?$/.test(text),
    ),
  ),
  input: jsonObject,
  name: filled,
  wait: flag,
};

const OTHER_NAMES: OtherNames = {
  statemachinearn: 'machine',
  statemachine: 'machine',
  arn: 'machine',
  triggerdagid: 'machine',
  statemachineinput: 'input',
  payload: 'input',
  conf: 'input',
  executionname: 'name',
  waitforcompletion: 'wait',
  deferrable: 'Waiting takes nothing: leave it out.',
  isredriveexecution: "`aws({ service: 'sfn', action: 'redriveExecution' })` takes the execution's ARN.",
  pattern: 'wait',
};

/** By this member the console shows which execution started another. */
const STARTED_BY = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

function made<Output>({ machine, input = {}, name, wait = true }: RunParameters): Template<Output> {
  const resource = `arn:aws:states:::states:startExecution${wait ? '.sync:2' : ''}`;
  return template<Output>({
    service: 'stepFunctions',
    kind: 'stepFunctions.run',
    ...(!wait && { outputShape: answerShape(resource, ['ExecutionArn', 'StartDate']), goesOn: 'child execution' }),
    sample: wait ? stepFunctions.samples.ended : stepFunctions.samples.started,
    charge: stepFunctions.prices.run,
    lower: (limits) => ({
      ...callFragment(
        resource,
        {
          StateMachineArn: arnOf(machine, 'states', 'stateMachine:'),
          Input: isReference(input)
            ? input
            : { [STARTED_BY]: contextReference('Execution', 'Id'), ...(input as object) },
          ...(name !== undefined && { Name: name }),
        },
        limits,
      ),
      ...(wait && { output: 'Output' }),
    }),
    permissions: () => [],
  });
}
