import {
  builtIn,
  type Check,
  type ChecksOf,
  check,
  expression,
  type Fragment,
  type LoweringContext,
  listOf,
  misfit,
  oneOf,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { checkedTemplate, formed, type OtherNames, s3Path, textMap } from '../checked.ts';
import { executionTags, roleArnOf } from '../own-names.ts';
import { reads } from '../s3-access.ts';
import { jobRole } from '../spark-submit.ts';
import { DEADLINE, deadline, waitingStates } from '../waiting.ts';
import { cloudformation } from './service.ts';

/** A stack that is there as its template says, when the task has ended. */
export interface StackParameters {
  /** The stack's name. One that is there is updated; another one is made. */
  readonly name: string;
  /** The template's file in S3, `s3://bucket/stack.yaml`, or its address, `https://bucket.s3.eu-west-1.amazonaws.com/stack.yaml`. */
  readonly template: string;
  readonly parameters?: { readonly [name: string]: string };
  /** What the template may do besides: make roles, for instance. */
  readonly capabilities?: readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[];
  /** The role with which CloudFormation makes the resources: a value of `dag.env`, or an ARN. It is there already. */
  readonly role: string;
  /** Tags of the stack, which CloudFormation hands on to its resources. */
  readonly tags?: { readonly [key: string]: string };
}

/** The stack, and its outputs by their keys. @typeParam Outputs them: `{ Subnet: string }` */
export interface StackOutput<Outputs> {
  readonly StackId: string;
  readonly StackName: string;
  readonly StackStatus: string;
  readonly Outputs: Outputs;
}

const POLL_SECONDS = 15;

/**
 * Makes a stack of CloudFormation, or brings it up to date, and waits for the end. A stack that needs no change is in order. One that cannot
 * be made or updated fails the task with `CloudFormation.StackFailed`, and CloudFormation takes its changes back. The stack stays.
 * @typeParam Outputs the outputs of the template, each a text
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 *
 * @example
 * ```ts
 * const network = dag.task(
 *   'network',
 *   cloudformation.stack<{ Subnet: string }>({
 *     name: 'lake-network',
 *     template: 's3://templates/network.yaml',
 *     parameters: { Cidr: '10.0.0.0/16' },
 *     role: 'arn:aws:iam::123456789012:role/stacks',
 *   }),
 *   { executionTimeout: '1h' },
 * );
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: which outputs a template has stands in it, unless the caller says so
export function stack<Outputs = any>(parameters: StackParameters): Template<StackOutput<Outputs>> {
  return checkedTemplate('cloudformation.stack', parameters, STACK, made<Outputs>, OTHER_NAMES);
}

const TEMPLATE = 'the file of a template in S3, `s3://bucket/stack.yaml`, or its address, `https://…`';
const templateFile: Check = check(TEMPLATE, (given, where) => {
  if (typeof given !== 'string' || given === '') return [misfit(given, where, TEMPLATE)];
  if (/^https:\/\/./.test(given)) return [];
  return given.endsWith('/') ? [misfit(given, where, TEMPLATE)] : s3Path(given, where);
});

const STACK: ChecksOf<StackParameters> = {
  name: required(formed('a name of letters, digits and "-"', (text) => /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(text))),
  template: required(templateFile),
  parameters: textMap,
  capabilities: listOf(
    oneOf(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']),
    "`['CAPABILITY_IAM']`",
  ),
  role: required(jobRole('stacks')),
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  stackname: 'name',
  templateurl: 'template',
  templatebody: 'Put the template into S3, and write `template: "s3://bucket/stack.yaml"`.',
  rolearn: 'role',
  servicerole: 'role',
  cloudformationparameters:
    'Its parts are fields of their own here: `template`, `parameters`, `capabilities` and `role`.',
  timeoutinminutes: 'It is an option of the task here: `dag.task(id, template, { executionTimeout: … })`.',
  onfailure: 'CloudFormation takes the changes of a stack that fails back: leave it out.',
};

const call = (action: string) => `arn:aws:states:::aws-sdk:cloudformation:${action}`;
const STATUS = '$states.input.StackStatus';

/** A stack has the outputs that its template says. */
const OUTPUT_SHAPE = answerShape(call('describeStacks'), ['StackId', 'StackName', 'StackStatus', 'Outputs']);

function made<Outputs>(parameters: StackParameters): Template<StackOutput<Outputs>> {
  const { template: file, name } = parameters;
  return template({
    service: 'cloudformation',
    kind: 'cloudformation.stack',
    outputShape: OUTPUT_SHAPE,
    goesOn: 'CloudFormation stack',
    charge: {
      what: 'what the stack’s resources take; CloudFormation itself takes nothing for AWS’s own',
      open: 'a stack outlives the run',
      source: 'https://aws.amazon.com/cloudformation/pricing/',
    },
    lower: (context) => lower(parameters, context),
    permissions: () => [
      ...(file.startsWith('s3://') ? reads(file, 'cloudformation.stack') : []),
      { actions: ['cloudformation:TagResource'], resources: [stackArn(name)] },
    ],
  });
}

function lower(parameters: StackParameters, { timeoutSeconds, isRole }: LoweringContext): Fragment {
  const { name, template: file, capabilities, role, tags } = parameters;
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  const begun = { stack: expression('$states.result.StackId'), changed: true };
  const wanted = {
    StackName: name,
    TemplateURL: addressOf(file),
    ...(parameters.parameters && {
      Parameters: Object.entries(parameters.parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
    ...(capabilities && { Capabilities: capabilities }),
    RoleARN: roleArnOf(role, isRole),
    Tags: executionTags(tags),
  };
  return {
    start: 'create',
    variables: ['stack', 'changed', 'refused', DEADLINE],
    samples: {
      create: cloudformation.samples.started,
      update: cloudformation.samples.started,
      look: cloudformation.samples.stack,
    },
    states: {
      create: {
        Type: 'Task',
        Resource: call('createStack'),
        // A stack that could not be made is deleted, so that the next try makes it anew.
        Arguments: { ...wanted, OnFailure: 'DELETE' },
        ...limit,
        Assign: { ...begun, ...deadline(timeoutSeconds) },
        Catch: [
          { ErrorEquals: ['CloudFormation.AlreadyExistsException'], Assign: deadline(timeoutSeconds), Next: 'update' },
        ],
        Next: 'wait',
      },
      update: {
        Type: 'Task',
        Resource: call('updateStack'),
        Arguments: wanted,
        ...limit,
        Assign: begun,
        Catch: [
          {
            ErrorEquals: ['CloudFormation.CloudFormationException'],
            Assign: { refused: expression('$states.errorOutput'), stack: name, changed: false },
            Next: 'in order?',
          },
        ],
        Next: 'wait',
      },
      'in order?': {
        Type: 'Choice',
        Choices: [
          { Condition: expression("$contains($refused.Cause, 'No updates are to be performed')"), Next: 'look' },
        ],
        Default: 'refused',
      },
      refused: { Type: 'Fail', Error: expression('$refused.Error'), Cause: expression('$refused.Cause') },
      ...waitingStates(
        {
          what: 'stack',
          look: {
            Resource: call('describeStacks'),
            Arguments: { StackName: expression('$stack', `${name}`) },
            Output: expression('$states.result.Stacks[0]'),
          },
          seconds: POLL_SECONDS,
          done: `${STATUS} in ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] or ($not($changed) and $not($contains(${STATUS}, 'IN_PROGRESS')))`,
          failed: `$not($contains(${STATUS}, 'IN_PROGRESS'))`,
          error: 'CloudFormation.StackFailed',
          cause: `${STATUS} & ($exists($states.input.StackStatusReason) ? ': ' & $states.input.StackStatusReason : '')`,
        },
        timeoutSeconds,
      ),
      done: {
        Type: 'Succeed',
        Output: {
          StackId: expression('$states.input.StackId'),
          StackName: expression('$states.input.StackName'),
          StackStatus: expression(STATUS),
          Outputs: expression(
            '$exists($states.input.Outputs[0]) ? $merge($states.input.Outputs.{OutputKey: OutputValue}) : {}',
          ),
        },
      },
    },
  };
}

function stackArn(name: string): string {
  return `arn:${builtIn('partition')}:cloudformation:${builtIn('region')}:${builtIn('account')}:stack/${name}/*`;
}

/** CloudFormation takes addresses alone. */
function addressOf(file: string): string {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(file) ?? [];
  return bucket === undefined ? file : `https://${bucket}.s3.${builtIn('region')}.amazonaws.com/${key}`;
}
