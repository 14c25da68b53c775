import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import type { Environment } from '../../project/environment.ts';
import { roleName } from '../../project/environment-values.ts';
import type { Built } from '../built.ts';
import { type Desired, desiredOf } from '../desired/desired.ts';
import { type BucketUse, lookAtBucket } from './buckets.ts';
import type { Look, Takes } from './finding.ts';
import { callsIn, callsOfMachines, quotasOf, subnetsOf, usesDefaultNetwork } from './machine-calls.ts';
import { clientsOfNamed, lookAtNamedThings } from './named-things.ts';
import { EC2_CLIENT, lookAtDefaultNetwork, lookAtSubnet } from './network.ts';
import { lookAtNames, lookAtPermissions } from './permissions.ts';
import { lookAtQuota, QUOTAS_CLIENT } from './quotas.ts';
import { lookAtBoundary, lookAtLinkedRoles, lookAtMachineRole, lookAtRole, type NamedRole } from './roles.ts';
import { lookAtSecret, type NamedSecret, SECRETS_CLIENT, SSM_CLIENT, secretsGiven, secretsRead } from './secrets.ts';
import { lookAtTopic, SNS_CLIENT } from './topic.ts';

/** DAGs, the environment for which they are looked at, and who looks. */
export interface Subject {
  readonly aws: Clients;
  readonly caller: Caller;
  readonly builts: readonly Built[];
  readonly environment: Environment;
}

/** All that is to be looked at, and what of the environment has no value or a wrong one, so that what it names is not among it. */
export function looksAt(subject: Subject): { readonly looks: readonly Look[]; readonly faults: readonly Diagnostic[] } {
  const [desired, faults] = desiredOfAll(subject);
  return { looks: looksOf(subject, desired), faults };
}

function looksOf({ aws, caller, builts, environment }: Subject, desired: readonly Desired[]): Look[] {
  const { role, permissionsBoundary, alarms } = environment;
  const calls = desired.flatMap(({ resources }) => callsOfMachines(resources));
  const names = Object.keys(environment.env);
  const named = (value: string, look: Look): Look => {
    const name = names.find((one) => environment.env[one] === value);
    return name === undefined ? look : at(['env', name], look);
  };
  const given = builts.flatMap((built) => secretsGiven(built, environment));
  const secrets = distinctSecrets([...given, ...desired.flatMap(secretsRead)]);
  const made = new Set(desired.flatMap(({ resources }) => resources.map(({ arn }) => arn)));
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
    ...desired.flatMap((one) =>
      lookAtNamedThings(aws, caller, one, { taskOf: taskIn(builts, one.dag), made }).map(({ given: name, look }) =>
        named(name, look),
      ),
    ),
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

/** What each DAG should have, and what of their env has no value or a wrong one. */
function desiredOfAll({ builts, environment, caller }: Subject): [desired: Desired[], faults: Diagnostic[]] {
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
  return [desired, faults];
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
export function packagesOf({ builts, environment }: Pick<Subject, 'builts' | 'environment'>): string[] {
  const secrets = builts.flatMap((built) => secretsGiven(built, environment));
  const calls = builts.flatMap(({ machine }) => callsIn(machine));
  const quotas = quotasOf(calls);
  const network = subnetsOf(calls).length > 0 || usesDefaultNetwork(calls);
  return [
    ...(network || quotas.some(({ instances }) => instances.length > 0) ? [EC2_CLIENT.package] : []),
    ...(quotas.length > 0 ? [QUOTAS_CLIENT.package] : []),
    ...(secrets.some(({ reference }) => 'secretsManager' in reference) || builts.some(readsSecrets)
      ? [SECRETS_CLIENT.package]
      : []),
    ...(secrets.some(({ reference }) => 'ssm' in reference) ? [SSM_CLIENT.package] : []),
    ...(environment.alarms === undefined ? [] : [SNS_CLIENT.package]),
    ...clientsOfNamed(calls),
  ];
}

/** In the policies of its roles. */
function readsSecrets({ policy, manifest }: Built): boolean {
  return JSON.stringify([policy, manifest.env]).includes('"secretsmanager:GetSecretValue"');
}

/** What looking takes beyond deploying: a statement for what is decided on the same things. */
export function readsOf(looks: readonly Look[]): Takes[] {
  const byResource = merged(
    looks.flatMap(({ takes }) => takes?.Resource.map((one) => ({ Action: takes.Action, Resource: [one] })) ?? []),
    'Resource',
    'Action',
  );
  return merged(byResource, 'Action', 'Resource');
}

/** Those that agree in one member as one, with what they have in the other. */
function merged(all: readonly Takes[], same: keyof Takes, other: keyof Takes): Takes[] {
  const found = new Map<string, Takes>();
  for (const takes of all) {
    const key = takes[same].join();
    const rest = [...(found.get(key)?.[other] ?? []), ...takes[other]];
    found.set(key, { ...takes, [other]: [...new Set(rest)].sort() });
  }
  return [...found.values()];
}

/** The task of a DAG that a state belongs to; the state's own name where it belongs to none, as in the cleanup machine. */
function taskIn(builts: readonly Built[], dag: string): (state: string) => string {
  const tasks = builts.find((one) => one.dag === dag)!.manifest.tasks;
  const ids = new Map(tasks.flatMap(({ id, states }) => states.map((state) => [state, id])));
  return (state) => ids.get(state) ?? state;
}
