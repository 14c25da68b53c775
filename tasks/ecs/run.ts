import {
  builtIn,
  type ChecksOf,
  filled,
  flag,
  listOf,
  mapOf,
  object,
  oneOf,
  type Permission,
  required,
  type Template,
  template,
  value,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, filledValues, knownText, type OtherNames, textMap } from '../checked.ts';
import {
  type AskedTypescript,
  CONTAINER_FUNCTION,
  CONTAINER_TYPESCRIPT,
  type ContainerCode,
  type ContainerFunction,
  type ContainerTypescript,
  codeOverride,
  codeTemplates,
  containerFragment,
  NAMES_OF_CONTAINER_CODE,
  NAMES_OF_CONTAINER_TYPESCRIPT,
  tooLarge,
} from '../code-container.ts';
import { handlerIn, isCode, type JobOptions, needsOfCode } from '../code-job.ts';
import { environmentOf } from '../containers.ts';
import { executionTags, roleArnOf } from '../own-names.ts';
import { passesRoles, rolesToPass, roleToPass } from '../pass-roles.ts';
import { type InFile, inFile } from '../python-function.ts';
import type { AnswerOf, Callable, Exported, InputOf } from '../typescript-function.ts';
import { ecs } from './service.ts';

/** A task of ECS: containers that run to their end. */
export interface RunParameters {
  /** The cluster's name or ARN. */
  readonly cluster: string;
  /** A family, `report`, of which the newest revision runs; a revision, `report:3`; or an ARN. */
  readonly taskDefinition: string;
  /** On what it runs. Default: as the cluster's own capacity provider strategy says. */
  readonly launchType?: 'FARGATE' | 'EC2' | 'EXTERNAL';
  /** A capacity provider in its place, `FARGATE_SPOT`. */
  readonly capacityProvider?: string;
  /** Where the task is, for task definitions of the network mode `awsvpc`; Fargate needs them. */
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
  /** Whether the task has a public address; in a public subnet it reaches no registry without one. Default: no. */
  readonly assignPublicIp?: boolean;
  /** What is other than in the task definition, by the container's name. */
  readonly containers?: { readonly [name: string]: ContainerOverride };
  /** The task's size, other than in the task definition: CPU units, 1024 to a vCPU, and MiB. */
  readonly cpu?: number;
  readonly memory?: number;
  /**
   * The roles that the task definition names, its task role and its execution role, which the machine must be allowed to hand on. Values
   * of `dag.env`, or ARNs; `[]` says that there are none.
   */
  readonly passRoles: readonly string[];
  readonly platformVersion?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** What a container is given, in place of what the task definition says. */
export interface ContainerOverride {
  /** In place of the image's command. */
  readonly command?: readonly string[];
  /** Added to the task definition's own. */
  readonly environment?: { readonly [name: string]: string };
  /** CPU units, 1024 to a vCPU. */
  readonly cpu?: number;
  /** MiB, above which the container is ended. */
  readonly memory?: number;
}

/** What ECS says of a task that has ended. */
export interface TaskOutput {
  readonly TaskArn: string;
  readonly ClusterArn: string;
  readonly LastStatus: string;
  readonly StopCode: string;
  readonly Containers: readonly { readonly Name: string; readonly ExitCode: number }[];
}

/**
 * Runs a task of ECS and waits for its end. It fails where ECS could not start it (`AmazonECS.Unknown`) and where an essential container
 * ended with an exit code other than 0.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'report',
 *   ecs.run({
 *     cluster: 'jobs',
 *     taskDefinition: 'report',
 *     launchType: 'FARGATE',
 *     subnets: ['subnet-0a1b2c3d'],
 *     containers: { app: { command: ['report', '--day', dag.logicalDate], environment: { LEVEL: 'info' } } },
 *     passRoles: ['arn:aws:iam::123456789012:role/report'],
 *   }),
 *   { executionTimeout: '1h' },
 * );
 * ```
 */
export function run(parameters: RunParameters): Template<TaskOutput>;
/**
 * Runs a function in Python in a container, for what takes longer or more than `lambda.python` has. The image of the task definition's
 * container has Python and boto3, and no entry point of its own; the code is fetched by it: a run, a rollback and a resume use the code that
 * was deployed with theirs. What the function returns is the task's output, at most 250 KB of JSON. What it raises fails the task under the
 * exception's name, for `retries` and `skipOn`.
 *
 * @param file from the project's root: `functions/clean.py`
 * @typeParam Output what the function returns
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const cleaned = dag.task(
 *   'clean',
 *   ecs.run<{ kept: number }>('functions/clean.py', {
 *     handler: 'clean',
 *     input: { day: dag.logicalDate },
 *     cluster: 'jobs',
 *     taskDefinition: 'python',
 *     container: 'app',
 *     launchType: 'FARGATE',
 *     subnets: ['subnet-0a1b2c3d'],
 *     role: 'arn:aws:iam::123456789012:role/clean',
 *     passRoles: ['arn:aws:iam::123456789012:role/pull'],
 *   }),
 * );
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: what a function returns is JSON of any make, unless its caller says more
export function run<Output = any>(file: string, spec: RunFunction): Template<Output>;
/**
 * Runs a function in TypeScript in a container, for what takes longer or more than `lambda.typescript` has. It is bundled with what it
 * imports when the DAG is compiled; the image of the task definition's container has Node.js and, in `/node_modules`, the clients of the AWS
 * SDK that it uses and that of S3. What the function returns is the task's output, at most 250 KB of JSON. What it
 * throws fails the task under the error's name, for `retries` and `skipOn`.
 *
 * @param module an arrow that imports the module of the function; `handler` is the name of the export
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const scored = dag.task(
 *   'score',
 *   ecs.run(() => import('../functions/score.ts'), {
 *     handler: 'score',
 *     input: { rows: 3 },
 *     cluster: 'jobs',
 *     taskDefinition: 'node',
 *     container: 'app',
 *     launchType: 'FARGATE',
 *     subnets: ['subnet-0a1b2c3d'],
 *     role: 'arn:aws:iam::123456789012:role/score',
 *     passRoles: ['arn:aws:iam::123456789012:role/pull'],
 *   }),
 * );
 * ```
 */
export function run<M, const H extends Exported<M>>(
  module: () => Promise<M>,
  spec: RunTypescript & { readonly handler: H } & InputOf<Extract<M[H], Callable>>,
): Template<AnswerOf<M[H]>>;
/** The same of a function that is written in place, as `lambda.typescript` takes one. */
export function run<F extends Callable>(code: F, spec: RunTypescript & InputOf<F>): Template<AnswerOf<F>>;
export function run(first: unknown, spec?: unknown): Template {
  if (typeof first === 'function')
    return checkedTemplate('ecs.run', spec, TYPESCRIPT, OF_CODE.typescript(first), NAMES_OF_TYPESCRIPT, (given) => [
      ...conflicts(given),
      ...tooLarge('typescript')(given),
    ]);
  return isCode(first, spec)
    ? checkedTemplate('ecs.run', inFile(first, spec), FUNCTION, OF_CODE.python, NAMES_OF_FUNCTION, (given) => [
        ...conflicts(given),
        ...tooLarge('python')(given),
      ])
    : checkedTemplate('ecs.run', first, RUN, made, OTHER_NAMES, conflicts);
}

/** Where a container of ECS runs a function. */
export interface RunPlace extends Omit<RunParameters, 'containers'> {
  /** The task definition's container that runs it. */
  readonly container: string;
  /** The role that the function has, in place of the task definition's task role. A value of `dag.env`, or an ARN. */
  readonly role: string;
}

/** A function in Python that a container of ECS runs. */
export interface RunFunction extends ContainerFunction, RunPlace {}

/** A function in TypeScript that a container of ECS runs. */
export interface RunTypescript extends ContainerTypescript, RunPlace {}

const CONTAINER: ChecksOf<ContainerOverride> = {
  command: listOf(value, 'a list of texts and references'),
  environment: textMap,
  cpu: wholeNumber(1, 262_144),
  memory: wholeNumber(4, 2_097_152),
};

const RUN: ChecksOf<RunParameters> = {
  cluster: required(filled),
  taskDefinition: required(filled),
  launchType: oneOf(['FARGATE', 'EC2', 'EXTERNAL']),
  capacityProvider: filled,
  subnets: filledValues,
  securityGroups: filledValues,
  assignPublicIp: flag,
  containers: mapOf(
    object(CONTAINER, "{ command: ['…'], environment: { … } }"),
    "an object by the containers' names, `{ app: { command: ['…'], environment: { … } } }`",
  ),
  cpu: wholeNumber(1, 262_144),
  memory: wholeNumber(4, 2_097_152),
  passRoles: required(rolesToPass),
  platformVersion: filled,
  tags: textMap,
};

const { containers: _, ...RUN_OF_CODE } = RUN;
const PLACE: ChecksOf<RunPlace> = { ...RUN_OF_CODE, container: required(filled), role: required(roleToPass) };
const FUNCTION: ChecksOf<InFile<RunFunction>> = { ...PLACE, ...CONTAINER_FUNCTION };
const TYPESCRIPT: ChecksOf<AskedTypescript<RunPlace>> = { ...PLACE, ...CONTAINER_TYPESCRIPT };

const CONTAINERS = "Write `containers: { name: { command: ['…'], environment: { … } } }`, by the container's name.";
const NETWORK = 'Its parts are fields of their own here: `subnets`, `securityGroups` and `assignPublicIp`.';

const OTHER_NAMES: OtherNames = {
  clustername: 'cluster',
  clusterarn: 'cluster',
  taskdefinitionarn: 'taskDefinition',
  definition: 'taskDefinition',
  capacityproviderstrategy: 'capacityProvider',
  capacityproviders: 'capacityProvider',
  networkconfiguration: NETWORK,
  awsvpcconfiguration: NETWORK,
  overrides: CONTAINERS,
  containeroverrides: CONTAINERS,
  command: CONTAINERS,
  environment: CONTAINERS,
  image: 'The image is the task definition’s: leave it out.',
  taskrole: 'passRoles',
  taskrolearn: 'passRoles',
  executionrole: 'passRoles',
  executionrolearn: 'passRoles',
  roles: 'passRoles',
  count: 'A task of the DAG runs one task of ECS: leave it out, or map over a list.',
  awslogsgroup: 'The task definition says where the logs go: leave it out.',
  awslogsstreamprefix: 'The task definition says where the logs go: leave it out.',
  awslogsregion: 'The task definition says where the logs go: leave it out.',
  waitforcompletion: 'The task waits for the end, which costs nothing: leave it out.',
  deferrable: 'The task waits for the end, which costs nothing: leave it out.',
  reattach: 'The machine waits for its own task, whoever watches: leave it out.',
  ...handlerIn('ecs.run'),
};

const NAMES_OF_PLACE: OtherNames = {
  containers: 'container',
  containername: 'container',
  taskrole: 'role',
  taskrolearn: 'role',
  roles: 'passRoles',
};
const NAMES_OF_FUNCTION: OtherNames = { ...OTHER_NAMES, ...NAMES_OF_CONTAINER_CODE, ...NAMES_OF_PLACE };
const NAMES_OF_TYPESCRIPT: OtherNames = { ...OTHER_NAMES, ...NAMES_OF_CONTAINER_TYPESCRIPT, ...NAMES_OF_PLACE };

function conflicts(run: Omit<RunParameters, 'containers'>): Conflict[] {
  const { launchType, capacityProvider, subnets = [], securityGroups, assignPublicIp } = run;
  const onFargate = launchType === 'FARGATE' || /^FARGATE(?:_SPOT)?$/.test(knownText(capacityProvider) ?? '');
  const without = [securityGroups && 'securityGroups', assignPublicIp !== undefined && 'assignPublicIp'].filter(
    Boolean,
  );
  const found: (Conflict | false)[] = [
    launchType !== undefined &&
      capacityProvider !== undefined && {
        detail: 'launchType and capacityProvider are both given',
        instead: 'Write one of them: a capacity provider decides on what the task runs.',
      },
    onFargate &&
      subnets.length === 0 && {
        detail: 'a task on Fargate is given no network',
        instead:
          "Write `subnets: ['subnet-…']`, and `assignPublicIp: true` where these have no other way to the registry.",
      },
    !onFargate &&
      subnets.length === 0 &&
      without.length > 0 && {
        detail: `${without.join(' and ')} without subnets`,
        instead: 'Add subnets, or leave the network out.',
      },
  ];
  return found.filter((one) => one !== false);
}

const RUN_TASK = 'arn:aws:states:::ecs:runTask.sync';

function made(run: RunParameters): Template<TaskOutput> {
  return template({
    service: 'ecs',
    kind: 'ecs.run',
    outputShape: answerShape(RUN_TASK, ['TaskArn', 'ClusterArn', 'LastStatus', 'StopCode', 'Containers']),
    sample: ecs.samples.task,
    charge: CHARGE,
    lower: (context) => callFragment(RUN_TASK, argumentsOf(run), context),
    saysRoles: true,
    permissions: ({ isRole }) => [...passesRoles(run.passRoles, 'ecs-tasks.amazonaws.com', isRole), tagging()],
  });
}

const OF_CODE = codeTemplates<RunPlace>('ecs.run', madeOfCode);

function madeOfCode<Output>(spec: RunPlace & JobOptions, code: ContainerCode): Template<Output> {
  const { container, role, passRoles } = spec;
  const { jobCode, outputShape } = code;
  return template({
    service: 'ecs',
    kind: 'ecs.run',
    jobCode,
    ...(outputShape && { outputShape }),
    charge: CHARGE,
    lower: (context) => {
      const containers = { [container]: codeOverride(context.task, spec, code) };
      const args = argumentsOf({ ...spec, containers }, roleArnOf(role, context.isRole));
      return containerFragment(spec, code, { resource: RUN_TASK, args, sample: ecs.samples.task }, context);
    },
    saysRoles: true,
    permissions: ({ isRole }) => [...passesRoles(passRoles, 'ecs-tasks.amazonaws.com', isRole), tagging()],
    roles: (context) => [{ role, permissions: needsOfCode(spec, context) }],
  });
}

/**
 * Tagging the task in the call that makes it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
function tagging(): Permission {
  return {
    actions: ['ecs:TagResource'],
    resources: [`arn:${builtIn('partition')}:ecs:${builtIn('region')}:${builtIn('account')}:task/*`],
    condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
  };
}

/** What a task takes on Fargate goes by its size, which stands in its task definition. */
const CHARGE = {
  what: 'vCPU and memory of the task, by the second, at least a minute',
  open: 'the size of the task stands in its task definition, and on EC2 the instances are paid for',
  source: 'https://aws.amazon.com/fargate/pricing/',
};

/** @param taskRole in place of the task definition's */
function argumentsOf(run: RunParameters, taskRole?: string): object {
  const { cluster, taskDefinition, launchType, capacityProvider, platformVersion, tags = {} } = run;
  const overrides = { ...overridesOf(run), ...(taskRole !== undefined && { TaskRoleArn: taskRole }) };
  return {
    Cluster: cluster,
    TaskDefinition: taskDefinition,
    ...(launchType && { LaunchType: launchType }),
    ...(capacityProvider !== undefined && {
      CapacityProviderStrategy: [{ CapacityProvider: capacityProvider, Weight: 1 }],
    }),
    ...(platformVersion !== undefined && { PlatformVersion: platformVersion }),
    ...(run.subnets && {
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          Subnets: run.subnets,
          ...(run.securityGroups && { SecurityGroups: run.securityGroups }),
          ...(run.assignPublicIp !== undefined && { AssignPublicIp: run.assignPublicIp ? 'ENABLED' : 'DISABLED' }),
        },
      },
    }),
    ...(Object.keys(overrides).length > 0 && { Overrides: overrides }),
    Tags: executionTags(tags),
  };
}

function overridesOf({ containers = {}, cpu, memory }: RunParameters): object {
  const all = Object.entries(containers).map(([name, { command, environment, ...size }]) => ({
    Name: name,
    ...(command && { Command: command }),
    ...(environment && { Environment: environmentOf(environment) }),
    ...(size.cpu !== undefined && { Cpu: size.cpu }),
    ...(size.memory !== undefined && { Memory: size.memory }),
  }));
  return {
    ...(all.length > 0 && { ContainerOverrides: all }),
    ...(cpu !== undefined && { Cpu: `${cpu}` }),
    ...(memory !== undefined && { Memory: `${memory}` }),
  };
}
