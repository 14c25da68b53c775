import type { Duration } from '../../authoring/index.ts';
import {
  builtIn,
  type ChecksOf,
  contextReference,
  diagnosticHere,
  duration,
  durationMs,
  filled,
  json,
  listOf,
  object,
  oneOf,
  type Permission,
  report,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, filledValues, formed, type OtherNames, s3Path, textMap } from '../checked.ts';
import { EXECUTION_TAG } from '../service.ts';
import { clusterArn, clusterRoles, createsOurs, EMR_MANAGED_TAG, onOurs } from './cluster-access.ts';
import { clusterCharge } from './prices.ts';
import { emr } from './service.ts';

/** An EMR cluster on EC2. */
export interface ClusterParameters {
  /** The EMR release, `emr-7.13.0`: it decides the version of Spark. */
  readonly release: string;
  /** Default: the machine's name, which is the environment's prefix and the DAG's id. */
  readonly name?: string;
  /** Default `['Spark']`. */
  readonly applications?: readonly string[];
  readonly primary: InstanceGroup;
  readonly core?: InstanceGroup & { readonly count: number };
  readonly task?: InstanceGroup & { readonly count: number };
  readonly subnet?: string;
  /** The role that EMR itself assumes. */
  readonly serviceRole: string;
  /** The instance profile of its machines: what Spark may read and write. */
  readonly instanceProfile: string;
  /** Where EMR writes the steps' logs, `s3://bucket/prefix/`. */
  readonly logs?: string;
  /**
   * The cluster ends by itself after this time without a step: the net under executions that are aborted or time out, which no state can
   * catch. 1 minute to 7 days; default 1 hour. Step Functions looks at a step every 5 minutes once it has run for 10: what is shorter can
   * end the cluster between two steps, and is warned of (DAG149).
   * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-auto-termination-policy.html
   */
  readonly idleTimeout?: Duration;
  /** At most this many steps at a time; the plan's width on the cluster where that is less. 1 to 256; default 10. */
  readonly maxConcurrentSteps?: number;
  /** As RunJobFlow takes them. */
  readonly configurations?: readonly object[];
  /** The name of a security configuration of EMR: encryption, Lake Formation, Kerberos. */
  readonly securityConfiguration?: string;
  readonly bootstrapActions?: readonly object[];
  readonly tags?: { readonly [key: string]: string };
}
export interface InstanceGroup {
  readonly type: string;
  /** Default `on-demand`. */
  readonly market?: 'on-demand' | 'spot';
}

/** What the tasks on the cluster need of it. */
export interface ClusterOutput {
  readonly ClusterId: string;
}

/**
 * A cluster for the tasks that are given its handle: `dag.setup('cluster', emr.cluster({…}))`. It brings its teardown,
 * `terminate_<id>`, which runs as soon as no task needs the cluster, whatever failed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
 *
 * @example
 * ```ts
 * const cluster = dag.setup(
 *   'cluster',
 *   emr.cluster({ release: 'emr-7.5.0', subnet: 'subnet-1', primary: { type: 'm5.xlarge' }, serviceRole: 'emr', instanceProfile: 'emr-ec2' }),
 * );
 * dag.task('clean', emr.spark({ cluster: cluster.output.ClusterId, script: 's3://lake/clean.py' }));
 * ```
 */
export function cluster(parameters: ClusterParameters): Template<ClusterOutput> {
  return checkedTemplate('emr.cluster', parameters, CLUSTER, made, OTHER_NAMES);
}

const GROUP: ChecksOf<InstanceGroup> = { type: required(filled), market: oneOf(['on-demand', 'spot']) };
const GROUPS: ChecksOf<InstanceGroup & { readonly count: number }> = {
  ...GROUP,
  count: required(wholeNumber(1, 10_000)),
};
const objects = listOf(json, 'a list of objects');

/** A label that is known now has three numbers. */
const release = formed('a release label of EMR, `emr-7.13.0`', (label) => /^emr-\d+\.\d+\.\d+/.test(label));

const CLUSTER: ChecksOf<ClusterParameters> = {
  release: required(release),
  name: filled,
  applications: filledValues,
  primary: required(object(GROUP, "{ type: 'm6g.xlarge' }")),
  core: object(GROUPS, "{ type: 'm6g.xlarge', count: 2 }"),
  task: object(GROUPS, "{ type: 'm6g.xlarge', count: 2, market: 'spot' }"),
  subnet: filled,
  serviceRole: required(filled),
  instanceProfile: required(filled),
  logs: s3Path,
  idleTimeout: duration('1m', '7d'),
  maxConcurrentSteps: wholeNumber(1, 256),
  configurations: objects,
  securityConfiguration: filled,
  bootstrapActions: objects,
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  releaselabel: 'release',
  clustername: 'name',
  master: 'primary',
  masterinstancegroup: 'primary',
  masterinstancetype: 'primary',
  masterinstancefleet: 'primary',
  coreinstancegroup: 'core',
  coreinstancetype: 'core',
  coreinstancecount: 'core',
  coreinstancefleet: 'core',
  slave: 'core',
  slaveinstancetype: 'core',
  workers: 'core',
  subnetid: 'subnet',
  ec2subnetid: 'subnet',
  ec2subnetids: 'subnet',
  jobflowrole: 'instanceProfile',
  ec2instanceprofile: 'instanceProfile',
  ec2role: 'instanceProfile',
  clusterrole: 'instanceProfile',
  role: 'serviceRole',
  emrrole: 'serviceRole',
  loguri: 'logs',
  s3loguri: 'logs',
  autoterminationpolicy: 'idleTimeout',
  autoterminationpolicyidletimeout: 'idleTimeout',
  keepjobflowalivewhennosteps: 'idleTimeout',
  stepconcurrencylevel: 'maxConcurrentSteps',
  instances: 'Its parts are fields of their own here: `primary`, `core`, `task` and `subnet`.',
  instancegroups: 'Its parts are fields of their own here: `primary`, `core`, `task` and `subnet`.',
  steps:
    'Each step is a task of its own here: `dag.task(id, emr.spark({ cluster: cluster.output.ClusterId, script: … }))`.',
};

const CREATE = 'arn:aws:states:::elasticmapreduce:createCluster.sync';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html */
const LOOKS_EVERY_MS = 300_000;

function made(parameters: ClusterParameters): Template<ClusterOutput> {
  const { maxConcurrentSteps = 10, idleTimeout = '1h' } = parameters;
  const idleMs = durationMs(idleTimeout)!;
  if (idleMs < LOOKS_EVERY_MS) report([diagnosticHere('DAG149', { seconds: idleMs / 1000 })]);
  return template({
    service: 'emr',
    kind: 'emr.cluster',
    leavesBehind: emr.leftover,
    // A creation that timed out here may still succeed there.
    notRetriedOn: ['States.Timeout'],
    outputShape: answerShape(CREATE, ['ClusterId']),
    charge: clusterCharge([
      { ...parameters.primary, count: 1 },
      ...(parameters.core ? [parameters.core] : []),
      ...(parameters.task ? [parameters.task] : []),
    ]),
    sample: emr.samples.cluster,
    lower: ({ width }) =>
      callFragment(CREATE, {
        Name: parameters.name ?? builtIn('machine'),
        ReleaseLabel: parameters.release,
        Applications: (parameters.applications ?? ['Spark']).map((Name) => ({ Name })),
        ...(parameters.configurations && { Configurations: parameters.configurations }),
        ...(parameters.securityConfiguration !== undefined && {
          SecurityConfiguration: parameters.securityConfiguration,
        }),
        ...(parameters.bootstrapActions && { BootstrapActions: parameters.bootstrapActions }),
        Instances: {
          KeepJobFlowAliveWhenNoSteps: true,
          ...(parameters.subnet !== undefined && { Ec2SubnetId: parameters.subnet }),
          InstanceGroups: [
            group('MASTER', { count: 1, ...parameters.primary }),
            ...(parameters.core ? [group('CORE', parameters.core)] : []),
            ...(parameters.task ? [group('TASK', parameters.task)] : []),
          ],
        },
        ServiceRole: parameters.serviceRole,
        JobFlowRole: parameters.instanceProfile,
        ...(parameters.logs !== undefined && { LogUri: parameters.logs }),
        StepConcurrencyLevel: width.atMost(maxConcurrentSteps),
        AutoTerminationPolicy: { IdleTimeout: Math.round(idleMs / 1000) },
        Tags: [
          { Key: EXECUTION_TAG, Value: contextReference('Execution', 'Id') },
          EMR_MANAGED_TAG,
          ...Object.entries(parameters.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
        ],
      }),
    permissions: onBehalf,
    roles: () => clusterRoles(parameters),
    conditions: () => ({ 'elasticmapreduce:RunJobFlow': createsOurs(), ...onOurs() }),
    teardown: { prefix: 'terminate', template: (setup) => terminate(setup.output.ClusterId) },
  });
}

function group(role: string, { type, count, market }: InstanceGroup & { readonly count: number }): object {
  const Market = market === 'spot' ? 'SPOT' : 'ON_DEMAND';
  return { Name: role.toLowerCase(), InstanceRole: role, InstanceType: type, InstanceCount: count, Market };
}

/**
 * What EMR does with the caller's leave when it makes a cluster: it tags it, sets when it ends by itself, and makes the role by which it
 * clears up after clusters, where the account has none.
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/using-service-linked-roles-cleanup.html
 */
function onBehalf(): Permission[] {
  const role = `arn:${builtIn('partition')}:iam::${builtIn('account')}:role/aws-service-role/elasticmapreduce.amazonaws.com`;
  return [
    { actions: ['elasticmapreduce:AddTags'], resources: [clusterArn()], condition: createsOurs() },
    // Asked while the cluster is made: whether its tags stand already is not documented.
    { actions: ['elasticmapreduce:PutAutoTerminationPolicy'], resources: [clusterArn()] },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`${role}/AWSServiceRoleForEMRCleanup`],
      condition: { StringEquals: { 'iam:AWSServiceName': 'elasticmapreduce.amazonaws.com' } },
    },
  ];
}

/**
 * Ends a cluster and waits until it is gone: what a cluster's own teardown does.
 *
 * @example
 * ```ts
 * dag.teardown('end', emr.terminate('j-2AXXXXXXGAPLF'));
 * ```
 */
export function terminate(clusterId: string): Template<Record<string, never>> {
  return template({
    service: 'emr',
    kind: 'emr.terminate',
    outputFields: {},
    sample: {},
    lower: () => callFragment('arn:aws:states:::elasticmapreduce:terminateCluster.sync', { ClusterId: clusterId }),
    permissions: () => [],
    conditions: onOurs,
  });
}
