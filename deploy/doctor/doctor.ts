import { type Caller, callerOf } from '../../aws/caller.ts';
import { type Clients, createClients } from '../../aws/clients.ts';
import { awsDiagnostic } from '../../aws/errors.ts';
import { partitionOfRegion } from '../../aws/partition.ts';
import { type Diagnostic, type Place, Stop } from '../../diagnostics/index.ts';
import type { Environment } from '../../project/environment.ts';
import { roleName } from '../../project/environment-values.ts';
import { type Built, readBuilt } from '../built.ts';
import { elsewhere } from '../checks/elsewhere.ts';
import { type Desired, desiredOf } from '../desired/desired.ts';
import { type BucketUse, lookAtBucket } from './buckets.ts';
import { type Finding, type Look, missing, there } from './finding.ts';
import { callsOfMachines, type MachineCall, quotasOf, subnetsOf, usesDefaultNetwork } from './machine-calls.ts';
import { EC2_CLIENT, lookAtDefaultNetwork, lookAtSubnet } from './network.ts';
import { lookAtNames, lookAtPermissions } from './permissions.ts';
import { lookAtQuota, QUOTAS_CLIENT } from './quotas.ts';
import { lookAtBoundary, lookAtLinkedRoles, lookAtMachineRole, lookAtRole, type NamedRole } from './roles.ts';
import { lookAtSecret, type NamedSecret, SECRETS_CLIENT, SSM_CLIENT, secretsGiven, secretsRead } from './secrets.ts';
import { lookAtTopic, SNS_CLIENT } from './topic.ts';

export interface DoctorOptions {
  readonly dist: string;
  readonly dags: readonly string[];
  readonly environment: Environment;
  readonly clients?: Clients;
  /** Where a setting stands, which findings about what it names then say. */
  readonly placeOf?: (setting: readonly string[]) => Place;
}

/** What a deploy of the DAGs and their first run find in the account. */
export interface Examination {
  readonly environment: string;
  readonly region: string;
  /** Undefined where nobody is logged in. */
  readonly account?: string;
  readonly caller?: string;
  readonly dags: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Looks at what a deploy and a run need and do not make: reads only.
 *
 *     credentials ─▶ dist/<dag> + environment ─▶ desired ─▶ its machines' calls ─▶ what their services need of the account
 *                                                   │                                  roles ▸ subnets ▸ quotas
 *                                                   └▶ buckets ▸ roles ▸ secrets ▸ topic ▸ names ▸ the caller's permissions
 */
export async function examine({ dist, dags, environment, clients, placeOf }: DoctorOptions): Promise<Examination> {
  const builts = await Promise.all(dags.map((dag) => readBuilt(dist, dag)));
  const { name, region } = environment;
  const about = { environment: name, region, dags };
  const given = builts.flatMap((built) => secretsGiven(built, environment));
  const aws = clients ?? createClients({ region, packages: packagesFor(builts, environment, given) });
  try {
    const caller = await whoIs(aws, environment);
    const isKnown = 'arn' in caller;
    const asked = isKnown ? caller : nobody(environment);
    const [desired, faults] = desiredOfAll(builts, environment, asked);
    // Without credentials it is not known which account it is; the topic is looked at by itself.
    const misplaced = isKnown ? elsewhere(omitAlarms(environment), caller) : [];
    faults.push(...misplaced.map((said) => missing('the environment', said)));
    const looks = looksAt({ aws, caller: asked, builts, environment, desired, given });
    if (!isKnown) return { ...about, findings: [caller, ...faults, ...distinct(looks.map(withoutCredentials))] };
    const found = (await Promise.all(looks.map((look) => placed(look, placeOf)))).flat();
    return {
      ...about,
      account: caller.account,
      caller: caller.arn,
      findings: [there('the credentials', `those of ${caller.arn}`), ...faults, ...distinct(found)],
    };
  } finally {
    if (clients === undefined) aws.destroy();
  }
}

function omitAlarms({ alarms: _, ...environment }: Environment): Environment {
  return environment;
}

/** What is found, with the place of the setting that names it. */
async function placed({ find, setting }: Look, placeOf: DoctorOptions['placeOf']): Promise<readonly Finding[]> {
  const found = await find();
  if (setting === undefined || placeOf === undefined) return found;
  return found.map(({ said, ...finding }) => ({
    ...finding,
    ...(said !== undefined && { said: { place: placeOf(setting), ...said } }),
  }));
}

interface Subject {
  readonly aws: Clients;
  readonly caller: Caller;
  readonly builts: readonly Built[];
  readonly environment: Environment;
  readonly desired: readonly Desired[];
  readonly given: readonly NamedSecret[];
}

/** All that is to be looked at. */
function looksAt({ aws, caller, builts, environment, desired, given }: Subject): Look[] {
  const { role, permissionsBoundary, alarms } = environment;
  const calls = desired.flatMap(({ resources }) => callsOfMachines(resources));
  const names = Object.keys(environment.env);
  const named = (value: string, look: Look): Look => {
    const name = names.find((one) => environment.env[one] === value);
    return name === undefined ? look : at(['env', name], look);
  };
  const secrets = distinctSecrets([...given, ...desired.flatMap(secretsRead)]);
  return [
    ...bucketsOf(builts, environment).map((use) => {
      const look = lookAtBucket(aws, caller, use);
      return use.own ? at(['artifacts'], look) : named(use.bucket, look);
    }),
    ...namedRolesOf(builts, environment).map((one) => at(['env', one.env], lookAtRole(aws, caller, one))),
    ...desired.flatMap((one) => (role === 'managed' ? [] : [at(['role'], lookAtMachineRole(aws, caller, one))])),
    ...(permissionsBoundary === undefined
      ? []
      : [at(['permissionsBoundary'], lookAtBoundary(aws, permissionsBoundary))]),
    ...lookAtLinkedRoles(aws, calls, caller),
    ...subnetsOf(calls).map((subnet) => named(subnet, lookAtSubnet(aws, subnet))),
    ...(usesDefaultNetwork(calls) ? [lookAtDefaultNetwork(aws)] : []),
    ...quotasOf(calls).map((taken) => lookAtQuota(aws, taken)),
    ...secrets.map((secret) => {
      const look = lookAtSecret(aws, caller, secret);
      return names.includes(secret.env) ? at(['env', secret.env], look) : named(nameOf(secret), look);
    }),
    ...(alarms === undefined ? [] : [at(['alarms', 'topic'], lookAtTopic(aws, alarms.topic))]),
    ...desired.map((one) => lookAtNames(aws, caller, one)),
    ...desired.map((one) => lookAtPermissions(aws, caller, one)),
  ];
}

/** A look at what a setting names. */
function at(setting: readonly string[], look: Look): Look {
  return { ...look, setting };
}

function nameOf({ reference }: NamedSecret): string {
  return 'secretsManager' in reference ? reference.secretsManager : reference.ssm;
}

/** For what is looked at where nobody is logged in: only its names count. The account is the one that roles are named in, if it is not said. */
function nobody({ region, account, role, env }: Environment): Caller {
  const named = /arn:[\w-]+:iam::(\d{12}):/.exec(JSON.stringify([role, env]))?.[1];
  return {
    partition: partitionOfRegion(region),
    region,
    account: account ?? named ?? '000000000000',
    arn: 'the caller',
  };
}

function withoutCredentials({ about }: Look): Finding {
  return { about, state: 'not asked', detail: 'AWS is asked with the credentials' };
}

/** Who calls, or what is wrong with the credentials. @throws Stop where AWS does not answer */
async function whoIs(aws: Clients, environment: Environment): Promise<Caller | Finding> {
  const about = 'the credentials';
  try {
    return await callerOf(aws, environment);
  } catch (error) {
    if (error instanceof Stop) return missing(about, error.diagnostics[0]!);
    const said = awsDiagnostic(error);
    if (said === undefined) throw error;
    if (said.code === 'AWS001' || said.code === 'AWS002') return missing(about, said);
    throw new Stop(said, 3);
  }
}

/** What each DAG should have, and what of their env has no value or a wrong one. */
function desiredOfAll(
  builts: readonly Built[],
  environment: Environment,
  caller: Caller,
): [desired: Desired[], faults: Finding[]] {
  const faults: Diagnostic[] = [];
  const desired = builts.flatMap((built) => {
    try {
      return [desiredOf(built, environment, caller)];
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      faults.push(...error.diagnostics);
      return [];
    }
  });
  return [desired, faults.map((said) => missing('the environment', said))];
}

function bucketsOf(builts: readonly Built[], { artifacts, env }: Environment): BucketUse[] {
  const uses = new Map<string, string[]>();
  for (const { dag, manifest } of builts)
    for (const [name, { kind }] of Object.entries(manifest.env)) {
      const value = env[name];
      if (kind !== 'bucket' || typeof value !== 'string' || value === artifacts) continue;
      uses.set(value, [...(uses.get(value) ?? []), `${name} of ${dag}`]);
    }
  return [
    { bucket: artifacts, use: 'scripts, the record and the lock', own: true },
    ...[...uses].map(([bucket, all]) => ({ bucket, use: all.join(', '), own: false })),
  ];
}

/** The roles that are not to be made. */
function namedRolesOf(builts: readonly Built[], { env }: Environment): NamedRole[] {
  return builts.flatMap(({ manifest }) =>
    Object.entries(manifest.env).flatMap(([name, { kind, assumedBy = [], instanceProfile = false, policy }]) => {
      const value = env[name];
      const role = kind === 'role' && typeof value === 'string' && value !== 'managed' ? roleName(value) : undefined;
      return role === undefined
        ? []
        : [{ role, env: name, assumedBy, instanceProfile, canBeMade: policy !== undefined }];
    }),
  );
}

/** Each once, by what the environment calls it where it does. */
function distinctSecrets(secrets: readonly NamedSecret[]): NamedSecret[] {
  const id = ({ reference }: NamedSecret) => JSON.stringify(reference);
  return secrets.filter((secret, i) => secrets.findIndex((other) => id(other) === id(secret)) === i);
}

/** The packages of all clients that are asked: none ends halfway for want of one. */
function packagesFor(builts: readonly Built[], { alarms }: Environment, secrets: readonly NamedSecret[]): string[] {
  const calls: MachineCall[] = builts.flatMap(({ machine }) =>
    callsOfMachines([{ ...NO_RESOURCE, properties: { definition: machine } }]),
  );
  const quotas = quotasOf(calls);
  const network = subnetsOf(calls).length > 0 || usesDefaultNetwork(calls);
  return [
    ...(network || quotas.some(({ instances }) => instances.length > 0) ? [EC2_CLIENT.package] : []),
    ...(quotas.length > 0 ? [QUOTAS_CLIENT.package] : []),
    ...(secrets.some(({ reference }) => 'secretsManager' in reference) || builts.some(readsSecrets)
      ? [SECRETS_CLIENT.package]
      : []),
    ...(secrets.some(({ reference }) => 'ssm' in reference) ? [SSM_CLIENT.package] : []),
    ...(alarms === undefined ? [] : [SNS_CLIENT.package]),
  ];
}

/** In the policies of its roles. */
function readsSecrets({ policy, manifest }: Built): boolean {
  return JSON.stringify([policy, manifest.env]).includes('"secretsmanager:GetSecretValue"');
}

const NO_RESOURCE = { kind: 'machine', title: '', name: '', arn: '', tags: {} } as const;

/** What several DAGs need is looked at for each, and said once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return !seen.has(key) && seen.add(key);
  });
}
