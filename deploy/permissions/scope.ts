import {
  functionRoleName,
  handedRoleName,
  instanceProfileArn,
  type Names,
  namesOf,
  ownRoleArn,
  type Place,
  roleArn,
} from '../../aws/names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';

/** What a deployer's policy is about: ARNs, exact or with `*`. */
export interface Scope {
  readonly bucket: string;
  readonly objects: readonly string[];
  /** Of machines and of what is assumed to start them. */
  readonly roles: readonly string[];
  /** Roles that are made for what a machine hands on. */
  readonly handedRoles: readonly string[];
  readonly instanceProfiles: readonly string[];
  readonly machines: readonly string[];
  readonly executions: readonly string[];
  readonly logGroups: readonly string[];
  readonly functions: readonly string[];
  readonly rules: readonly string[];
  readonly scheduleGroups: readonly string[];
  readonly schedules: readonly string[];
  readonly alarms: readonly string[];
}

/** A DAG's id that stands for all. */
const ANY = 'ANY-DAG';

/** The functions of a DAG, and their logs. */
function functionArns({ partition, region, account }: Place, { machine }: Names) {
  const at = (service: string) => `arn:${partition}:${service}:${region}:${account}`;
  return {
    functions: `${at('lambda')}:function:${machine}_*`,
    log: `${at('logs')}:log-group:/aws/lambda/${machine}_*`,
  };
}

type About = Pick<Environment, 'prefix' | 'artifacts' | 'rolePath'>;

/**
 * Everything that bears the environment's prefix: also of DAGs that do not exist yet. Where there is no prefix this is the whole account,
 * so that DAGs are named there one by one.
 */
export function scopeOfPrefix({ prefix, artifacts, rolePath }: About, place: Place): Scope {
  const names = namesOf({ prefix: '', dag: ANY, artifacts, rolePath }, place);
  const like = (arn: string) => arn.replaceAll(ANY, `${prefix}*`);
  const roles = [like(ownRoleArn(place, names, names.role))];
  return {
    bucket: `arn:${place.partition}:s3:::${artifacts}`,
    objects: [
      `arn:${place.partition}:s3:::${artifacts}/dagwright/${prefix}*`,
      `arn:${place.partition}:s3:::${artifacts}/${like(names.answersPrefix)}*`,
    ],
    roles,
    handedRoles: [like(roleArn(place, names.role))],
    instanceProfiles: [like(instanceProfileArn(place, names.role))],
    machines: [like(names.machineArn)],
    executions: [`${like(names.machineArn).replace(':stateMachine:', ':execution:')}:*`],
    logGroups: [like(names.logGroupArn), like(functionArns(place, names).log).replace('*_*', '*')],
    functions: [like(functionArns(place, names).functions).replace('*_*', '*')],
    rules: [like(`${names.cleanupRuleArn.replace(/-cleanup$/, '')}`)],
    scheduleGroups: [like(names.scheduleGroupArn)],
    schedules: [like(names.scheduleArn)],
    alarms: [like(names.alarms[0]!.arn.replace(/-failed$/, ''))],
  };
}

/** What deploy may ever make of these DAGs, whatever they hold now: a schedule, clusters and alarms may be added to them. */
export function scopeOfDags(
  { prefix, artifacts, rolePath }: About,
  place: Place,
  manifests: readonly Manifest[],
): Scope {
  const all = manifests.map((manifest) => ({
    manifest,
    names: namesOf({ prefix, dag: manifest.dag, artifacts, rolePath }, place),
  }));
  const each = (pick: (names: Names) => readonly string[]) => all.flatMap(({ names }) => pick(names));
  const handed = all.flatMap(({ manifest, names }) =>
    Object.entries(manifest.env)
      .filter(([, { kind, policy }]) => kind === 'role' && policy !== undefined)
      .map(([env, { instanceProfile }]) => ({ name: handedRoleName(names, env), instanceProfile })),
  );
  const withFunctions = all.filter(({ manifest }) => manifest.functions !== undefined);
  const machines = each((names) => [names.machineArn, names.cleanupArn, names.starterArn]);
  return {
    bucket: `arn:${place.partition}:s3:::${artifacts}`,
    objects: all.flatMap(({ manifest, names }) =>
      [names.folder, ...(manifest.archives === undefined ? [] : [names.answersPrefix])].map(
        (prefix) => `arn:${place.partition}:s3:::${artifacts}/${prefix}*`,
      ),
    ),
    roles: all.flatMap(({ manifest, names }) =>
      [
        ...[names.role, names.cleanupRole, names.cleanupRuleRole, names.starterRole, names.scheduleRole],
        ...(manifest.functions ?? []).map((one) => functionRoleName(names, one.name)),
      ].map((name) => ownRoleArn(place, names, name)),
    ),
    handedRoles: handed.map(({ name }) => roleArn(place, name)),
    instanceProfiles: handed.filter((one) => one.instanceProfile).map(({ name }) => instanceProfileArn(place, name)),
    machines,
    executions: each((names) =>
      [names.machineArn, names.cleanupArn].map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`),
    ),
    logGroups: [
      ...each(({ logGroupArn }) => [logGroupArn]),
      ...withFunctions.map(({ names }) => functionArns(place, names).log),
    ],
    functions: withFunctions.map(({ names }) => functionArns(place, names).functions),
    rules: each(({ cleanupRuleArn }) => [cleanupRuleArn]),
    scheduleGroups: each(({ scheduleGroupArn }) => [scheduleGroupArn]),
    schedules: each(({ scheduleArn }) => [scheduleArn]),
    alarms: each(({ alarms }) => alarms.map(({ arn }) => arn)),
  };
}
