import { fillText } from '../../asl/placeholders/index.ts';
import type { Place } from '../../aws/names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { keptPermissions } from '../../tasks/services.ts';
import { passedNames } from '../desired/trust.ts';
import type { Kind } from '../resource.ts';
import { BUCKET_CALLS, CALLS, decidedOn, ON_ALL, PASSES_TO, RUN_CALLS } from './calls.ts';
import { type Scope, scopeOfDags, scopeOfPrefix } from './scope.ts';

/** A managed policy holds so many characters, white space not counted. */
const MOST = 6_144;

/** A statement of a policy that allows. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** A document as IAM takes it. */
export interface DeployerPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface DeployerPolicyOptions {
  readonly environment: Pick<
    Environment,
    'prefix' | 'artifacts' | 'role' | 'rolePath' | 'permissionsBoundary' | 'kmsKeys'
  >;
  readonly place: Place;
  /** Of the DAGs. Where the environment has no prefix the policy is about them alone. */
  readonly manifests: readonly Manifest[];
  /** The ARN of the role or user that deploys, whose own policies IAM's simulator is asked about. None: it is not asked. */
  readonly deployer?: string;
  /** That `destroy --leftovers` is allowed as well: it removes what runs made for all runs. Default: it is not. */
  readonly leftovers?: boolean;
  /** What `doctor` reads besides. Default: nothing. */
  readonly reads?: readonly Pick<Statement, 'Action' | 'Resource'>[];
  /** What it is about. Default: what bears the prefix, or these DAGs. */
  readonly scope?: Scope;
}

/**
 * The least that whoever deploys and operates an environment must be allowed, made from the table of calls: for `plan`, `deploy`,
 * `rollback`, `destroy`, `run`, `status`, `logs`, `stop`, `pause`, `resume`, `backfill` and `cost`. What services wrote of a task, which
 * `logs` shows beside the history, is not in it. Several documents where one would not hold it.
 *
 * Whoever may write the policy of a role and pass it can do all that the role can: a permissions boundary bounds it.
 */
export function deployerPolicies(options: DeployerPolicyOptions): DeployerPolicy[] {
  return packed(statementsOf(options)).map((Statement) => ({ Version: '2012-10-17', Statement }));
}

function statementsOf({ environment, place, manifests, deployer, ...about }: DeployerPolicyOptions): Statement[] {
  const { prefix, role } = environment;
  const scope =
    about.scope ?? (prefix === '' ? scopeOfDags(environment, place, manifests) : scopeOfPrefix(environment, place));
  const given = role === 'managed' ? [] : [role];
  const attached = [
    ...new Set(manifests.flatMap(({ env }) => Object.values(env).flatMap((one) => one.managedPolicies ?? []))),
  ];
  const roles = [...new Set([...scope.roles, ...scope.handedRoles])];
  const asked = [...(deployer === undefined ? [] : [deployer]), ...given];
  const { permissionsBoundary, kmsKeys = {} } = environment;
  const bounded: Statement['Condition'] | undefined =
    permissionsBoundary === undefined ? undefined : { ArnEquals: { 'iam:PermissionsBoundary': permissionsBoundary } };
  const ofRoles = allCalls('role').filter(
    (action) =>
      action !== 'iam:AttachRolePolicy' &&
      (action !== 'iam:PutRolePermissionsBoundary' || permissionsBoundary !== undefined),
  );
  const keys = [kmsKeys.artifacts, kmsKeys.schedule].filter((key) => key !== undefined);
  return [
    allow('ArtifactBucket', BUCKET_CALLS.bucket, [scope.bucket]),
    allow('ArtifactObjects', BUCKET_CALLS.objects, scope.objects),
    ...(bounded === undefined
      ? [allow('Roles', ofRoles, roles)]
      : [
          allow('Roles', without(ofRoles, BOUNDED), roles),
          // No role is made without the boundary, or gets another one.
          allow(
            'BoundedRoles',
            ofRoles.filter((action) => BOUNDED.includes(action)),
            roles,
            bounded,
          ),
        ]),
    allow('AttachPoliciesOfAws', attached.length === 0 ? [] : ['iam:AttachRolePolicy'], scope.handedRoles, {
      ArnEquals: { 'iam:PolicyARN': attached.map((arn) => arn.replaceAll('${partition}', place.partition)).sort() },
    }),
    allow('InstanceProfiles', allCalls('instance-profile'), scope.instanceProfiles),
    passes(
      'PassMachineRoles',
      [...(scope.functions.length > 0 ? (['function'] as const) : []), 'machine', 'rule', 'schedule'],
      [...scope.roles, ...given],
      place,
    ),
    passes('PassRolesToEc2', ['instance-profile'], scope.instanceProfiles.map(ofProfile), place),
    allow('AskBeforehand', ['iam:GetRole', 'iam:SimulatePrincipalPolicy'], asked),
    ...ofForms(['TagsOfLogGroups', 'LogGroups'], 'log-group', scope.logGroups).map((statement) =>
      kmsKeys.logs === undefined
        ? { ...statement, Action: without(statement.Action, ['logs:AssociateKmsKey']) }
        : statement,
    ),
    allow('Functions', [...allCalls('function'), ...allCalls('function-alias')], scope.functions),
    allow('Machines', [...allCalls('machine'), ...allCalls('alias'), ...RUN_CALLS.machine], scope.machines),
    allow('Executions', RUN_CALLS.executions, scope.executions),
    allow('Rules', allCalls('rule'), scope.rules),
    allow('ScheduleGroups', allCalls('schedule-group'), scope.scheduleGroups),
    allow('Schedules', allCalls('schedule'), scope.schedules),
    ...ofForms(['AllAlarms', 'Alarms'], 'alarm', scope.alarms),
    allow('Keys', KEY_CALLS, keys),
    allow('OnAll', ON_ALL, ['*']),
    ...(about.leftovers === true ? leftovers(manifests, place) : []),
    ...(about.reads ?? []).map(({ Action, Resource }, i) => allow(`Looks${i + 1}`, Action, Resource)),
  ].filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

function leftovers(manifests: readonly Manifest[], place: Place): Statement[] {
  const services = manifests.flatMap(({ tasks }) => tasks.flatMap(({ service }) => service ?? []));
  const { partition, region, account } = place;
  return keptPermissions(services).map(({ actions, resources }, i) =>
    allow(
      `Leftovers${i + 1}`,
      actions,
      resources.map((resource) => fillText(resource, { partition, region, account })),
    ),
  );
}

/** What IAM decides by the boundary that a call gives a role. */
const BOUNDED = ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'];

/** What S3 and EventBridge Scheduler do with a key of one's own on the caller's behalf. */
const KEY_CALLS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'];

function without(actions: readonly string[], others: readonly string[]): string[] {
  return actions.filter((action) => !others.includes(action));
}

/** All that is called for a kind of resource, but what is decided on no resource. */
function allCalls(kind: Kind): string[] {
  const { observe, create, update, delete: gone } = CALLS[kind];
  const all = [...observe, ...create, ...Object.values(update).flat(), ...gone];
  return [...new Set(all)].filter((action) => !ON_ALL.includes(action));
}

/** The calls of a kind, a statement for each form of ARNs on which they are decided. */
function ofForms(sids: readonly string[], kind: Kind, arns: readonly string[]): Statement[] {
  const forms = new Map<string, string[]>();
  for (const action of allCalls(kind)) {
    const form = decidedOn(action, 'x:alarm:x').replace('x:alarm:', '');
    forms.set(form, [...(forms.get(form) ?? []), action]);
  }
  return [...forms.values()].map((actions, i) =>
    allow(sids[i]!, actions, [...new Set(arns.map((arn) => decidedOn(actions[0]!, arn)))]),
  );
}

/** An instance profile bears the name of its role. */
function ofProfile(arn: string): string {
  return arn.replace(':instance-profile/', ':role/');
}

function passes(sid: string, kinds: readonly Kind[], roles: readonly string[], { partition }: Place): Statement {
  const services = passedNames(kinds.map((kind) => PASSES_TO[kind]!).sort(), partition);
  return allow(sid, ['iam:PassRole'], roles, { StringEquals: { 'iam:PassedToService': services } });
}

function allow(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  Condition?: Statement['Condition'],
): Statement {
  const [Action, Resource] = [[...new Set(actions)].sort(), [...new Set(resources)].sort()];
  return { Sid, Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) };
}

/** Statements in as few documents as hold them; one that is too large by itself is divided by its resources. */
function packed(statements: readonly Statement[]): Statement[][] {
  const documents: Statement[][] = [[]];
  for (const statement of statements.flatMap(divided)) {
    const last = documents.at(-1)!;
    if (sizeOf([...last, statement]) <= MOST) last.push(statement);
    else documents.push([statement]);
  }
  return documents;
}

function divided(statement: Statement): Statement[] {
  const { Sid, Resource } = statement;
  if (sizeOf([statement]) <= MOST || Resource.length < 2) return [statement];
  const half = Math.ceil(Resource.length / 2);
  return [
    ...divided({ ...statement, Sid: `${Sid}A`, Resource: Resource.slice(0, half) }),
    ...divided({ ...statement, Sid: `${Sid}B`, Resource: Resource.slice(half) }),
  ];
}

function sizeOf(statements: readonly Statement[]): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;
}
