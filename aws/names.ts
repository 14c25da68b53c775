import { createHash } from 'node:crypto';

/** Where something lives: what an ARN needs besides a name. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Everything that dagwright makes for a DAG, by name and by ARN. */
export interface Names {
  /** The environment's prefix and the DAG's id. */
  readonly base: string;
  readonly machine: string;
  readonly machineArn: string;
  readonly alias: string;
  readonly aliasArn: string;
  readonly role: string;
  /** Where the roles of machines, of the rule and of the schedule are. */
  readonly rolePath: string;
  readonly logGroup: string;
  readonly logGroupArn: string;
  readonly cleanup: string;
  readonly cleanupArn: string;
  readonly cleanupRole: string;
  readonly cleanupRule: string;
  readonly cleanupRuleArn: string;
  /** What the rule assumes to start the cleanup machine. */
  readonly cleanupRuleRole: string;
  readonly starter: string;
  readonly starterArn: string;
  readonly starterRole: string;
  readonly schedule: string;
  readonly scheduleArn: string;
  /** The group that holds the schedule alone. */
  readonly scheduleGroup: string;
  readonly scheduleGroupArn: string;
  readonly scheduleRole: string;
  readonly alarms: readonly AlarmName[];
  /** `s3://<bucket>/dagwright/<base>/assets`, what `${assets}` stands for. */
  readonly assets: string;
  /** Keys in the artifact bucket; all begin with `folder`. */
  readonly folder: string;
  readonly assetsPrefix: string;
  readonly recordKey: string;
  readonly lockKey: string;
  /** Keys in the artifact bucket of what functions answered that jobs ran, as tasks/code-job.ts has them; apart, as they may be many. */
  readonly answersPrefix: string;
}

/** An alarm, by what it watches. */
export interface AlarmName {
  readonly of: 'machine' | 'starter' | 'schedule' | 'cleanup' | 'rule';
  readonly metric: string;
  readonly name: string;
  readonly arn: string;
}

export interface Of {
  readonly prefix: string;
  readonly dag: string;
  readonly artifacts: string;
  /** Of the machines' roles, `/teams/data/`; default: `/`. */
  readonly rolePath?: string | undefined;
}

export const ALIAS = 'live';

export function namesOf({ prefix, dag, artifacts, rolePath = '/' }: Of, place: Place): Names {
  const base = `${prefix}${dag}`;
  const machine = within(base, 80);
  const cleanup = within(`${base}-cleanup`, 80);
  const starter = within(`${base}-start`, 80);
  const cleanupRule = within(`dagwright-${base}-cleanup`, 64);
  const schedule = within(`dagwright-${base}`, 64);
  const logGroup = `/aws/vendedlogs/states/${within(base, 200)}`;
  const alarm = (of: AlarmName['of'], metric: string, end: string): AlarmName => {
    const name = within(`dagwright-${base}-${end}`, 200);
    return { of, metric, name, arn: `${arn(place, 'cloudwatch')}:alarm:${name}` };
  };
  const folder = `dagwright/${base}/`;
  return {
    base,
    machine,
    machineArn: machineArn(place, machine),
    alias: ALIAS,
    aliasArn: `${machineArn(place, machine)}:${ALIAS}`,
    role: within(`dagwright-${base}`, 64),
    rolePath,
    logGroup,
    logGroupArn: `${arn(place, 'logs')}:log-group:${logGroup}`,
    cleanup,
    cleanupArn: machineArn(place, cleanup),
    cleanupRole: within(`dagwright-${base}-cleanup`, 64),
    cleanupRule,
    cleanupRuleArn: `${arn(place, 'events')}:rule/${cleanupRule}`,
    cleanupRuleRole: within(`dagwright-${base}-rule`, 64),
    starter,
    starterArn: machineArn(place, starter),
    starterRole: within(`dagwright-${base}-start`, 64),
    schedule,
    scheduleArn: `${arn(place, 'scheduler')}:schedule/${schedule}/${schedule}`,
    scheduleGroup: schedule,
    scheduleGroupArn: `${arn(place, 'scheduler')}:schedule-group/${schedule}`,
    scheduleRole: within(`dagwright-${base}-schedule`, 64),
    alarms: [
      alarm('machine', 'ExecutionsFailed', 'failed'),
      alarm('machine', 'ExecutionsTimedOut', 'timed-out'),
      alarm('starter', 'ExecutionsFailed', 'start-failed'),
      alarm('schedule', 'TargetErrorCount', 'schedule-refused'),
      alarm('schedule', 'InvocationDroppedCount', 'schedule-dropped'),
      alarm('cleanup', 'ExecutionsFailed', 'cleanup-failed'),
      alarm('rule', 'FailedInvocations', 'cleanup-not-started'),
    ],
    assets: `s3://${artifacts}/${folder}assets`,
    folder,
    assetsPrefix: `${folder}assets/`,
    recordKey: `${folder}record.json`,
    lockKey: `${folder}lock.json`,
    answersPrefix: `dagwright-answers/${machine}/`,
  };
}

/** The tags on all that is made; what has none of them under such a name is somebody else's. */
export function ownTags(dag: string, environment: string): Readonly<Record<string, string>> {
  return { 'dagwright:dag': dag, 'dagwright:env': environment };
}

export function machineArn(place: Place, name: string): string {
  return `${arn(place, 'states')}:stateMachine:${name}`;
}

export function executionArn(place: Place, machine: string, execution: string): string {
  return `${arn(place, 'states')}:execution:${machine}:${execution}`;
}

/** Roles are no region's. A role's name may begin with its path. */
export function roleArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** One of our own roles, with its path. */
export function ownRoleArn(place: Place, { rolePath }: Names, name: string): string {
  return roleArn(place, `${rolePath.slice(1)}${name}`);
}

/** The role that is made for a role of the DAG's env. */
export function handedRoleName({ base }: Names, env: string): string {
  return within(`dagwright-${base}-env-${env}`, 64);
}

/** The role that is made for a function of the DAG. */
export function functionRoleName({ base }: Pick<Names, 'base'>, name: string): string {
  return within(`dagwright-${base}-fn-${name}`, 64);
}

export function instanceProfileArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:iam::${account}:instance-profile/${name}`;
}

/** A logical date's name among the machine's executions: it is the lock that keeps a date from running twice. */
export function executionName(logicalDate: Date, attempt = 1): string {
  return `${logicalDate
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '')}-${attempt}`;
}

/** The logical date and the attempt that an execution's name says; undefined if it is none of ours. */
export function parseExecutionName(name: string): { readonly logicalDate: Date; readonly attempt: number } | undefined {
  const [, year, month, day, hour, minute, second, attempt] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([1-9]\d*)$/.exec(name) ?? [];
  if (attempt === undefined) return undefined;
  const logicalDate = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(logicalDate.getTime()) ? undefined : { logicalDate, attempt: Number(attempt) };
}

function arn({ partition, region, account }: Place, service: string): string {
  return `arn:${partition}:${service}:${region}:${account}`;
}

/** A name as it is, or, where it is too long, cut and told apart by its hash. Services take no letters beyond ASCII. */
function within(name: string, most: number): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]/g, '_');
  if (plain === name && name.length <= most) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plain.slice(0, most - 9)}-${hash}`;
}
