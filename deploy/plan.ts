import type { Json, JsonObject } from '../asl/json/value.ts';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { AssetFile } from './assets.ts';
import type { CurrentState, DeployRecord } from './current-state.ts';
import type { Desired } from './desired/desired.ts';
import { changedFields, differences, type FieldChange, fingerprints } from './diff/differences.ts';
import { diffMachines, type MachineDiff } from './diff/machine.ts';
import { diffPolicies, type PolicyDiff } from './diff/policy.ts';
import type { Identity, Observed, Resource } from './resource.ts';
import { versionNumber } from './resources/state-machine.ts';

/** What a deploy would do, as data; made from data alone. */
export interface Plan {
  readonly dag: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Assets that are not there yet. */
  readonly assets: readonly { readonly path: string; readonly key: string; readonly size: number }[];
  /** In the order in which they are done. */
  readonly changes: readonly Change[];
  /** A deploy was killed: what it left open is completed, if only its record. */
  readonly interrupted: boolean;
  /** What is not as the environment says and stays so, and what was not checked. */
  readonly notes: readonly string[];
}

export interface Change extends Identity {
  readonly action: 'create' | 'update' | 'adopt' | 'delete';
  /** The keys of its properties that differ. */
  readonly differs: readonly string[];
  /** Those of them that somebody else changed since the last deploy. */
  readonly drift: readonly string[];
  readonly fields: readonly FieldChange[];
  readonly machine?: MachineDiff;
  readonly policy?: PolicyDiff;
}

export interface Planned {
  readonly plan: Plan;
  /** Things under our names that are somebody else's. */
  readonly collisions: readonly Diagnostic[];
}

export interface PlanOptions {
  readonly account: string;
  /** Whether what is somebody else's is taken over. */
  readonly adopt: boolean;
}

export function planOf(
  desired: Desired,
  current: CurrentState,
  files: readonly AssetFile[],
  { account, adopt }: PlanOptions,
): Planned {
  const { record, observed } = current;
  const collisions: Diagnostic[] = [];
  const notes: string[] = [];
  const changes = desired.resources.flatMap((resource): Change[] => {
    const now = observed.get(resource.arn);
    if (now === undefined) return [change('create', resource, undefined, record, allKeys(resource))];
    if (!isOurs(resource, now)) {
      if (adopt) return [change('adopt', resource, now, record, differences(resource, now))];
      collisions.push(diagnose('DEP006', { what: resource.title, name: resource.name, owner: ownerOf(now) }));
      return [];
    }
    if (resource.kind === 'role' && now.properties.path !== resource.properties.path) {
      const [from, to] = [String(now.properties.path), String(resource.properties.path)];
      collisions.push(diagnose('DEP021', { role: resource.name, from, to }));
      return [];
    }
    const differs = differences(resource, now).filter((key) => {
      const paused = key === 'state' && isPaused(resource, now, record);
      if (paused) notes.push('the schedule is paused, and stays so');
      return !paused;
    });
    return differs.length === 0 ? [] : [change('update', resource, now, record, differs)];
  });
  // Functions that an earlier version calls stay as long as that does.
  const earlier = (record?.deploys ?? []).flatMap(({ functions = [] }) => functions);
  const wanted = new Set([...desired.resources.map(({ arn }) => arn), ...earlier]);
  const gone = [...(record?.resources ?? []), ...(record?.pending?.resources ?? [])]
    .filter(({ arn }, i, all) => !wanted.has(arn) && all.findIndex((one) => one.arn === arn) === i)
    .reverse();
  const deletes = gone.map(
    ({ kind, name, arn, title }): Change => ({
      ...{ action: 'delete', kind, name, arn, title },
      ...{ differs: [], drift: [], fields: [] },
    }),
  );
  const missing = files.filter(({ key, size }) => current.assets.get(key) !== size);
  return {
    collisions,
    plan: {
      dag: desired.dag,
      environment: desired.environment.name,
      account,
      region: desired.environment.region,
      assets: missing.map(({ path, key, size }) => ({ path, key, size })),
      changes: [...changes, ...deletes],
      interrupted: observed.size > 0 && (record === undefined || record.pending !== undefined),
      notes,
    },
  };
}

export function isEmpty({ assets, changes, interrupted }: Plan): boolean {
  return assets.length === 0 && changes.length === 0 && !interrupted;
}

function change(
  action: Change['action'],
  resource: Resource,
  now: Observed | undefined,
  record: DeployRecord | undefined,
  differs: readonly string[],
): Change {
  const { kind, title, name, arn, properties } = resource;
  const base = {
    action,
    kind,
    title,
    name,
    arn,
    differs,
    drift: now === undefined ? [] : drifted(resource, now, record, differs),
  };
  const before: JsonObject = { ...now?.properties, ...(now !== undefined && { tags: now.tags }) };
  const after: JsonObject = { ...properties, tags: resource.tags };
  const plain = differs.filter((key) => !SHOWN_APART.has(`${kind} ${key}`));
  return {
    ...base,
    fields: [
      ...(action === 'create' ? [] : plain.flatMap((key) => changedFields(before[key], of(key, before, after), key))),
      ...(kind === 'alias' && now !== undefined ? [versionField(now)] : []),
    ],
    ...(kind === 'machine' &&
      (now === undefined || differs.includes('definition')) && {
        machine: diffMachines(objectOr(before.definition), properties.definition as JsonObject),
      }),
    ...(kind === 'role' &&
      (now === undefined || differs.includes('policy')) && {
        policy: diffPolicies(before.policy ?? undefined, properties.policy),
      }),
  };
}

/** Shown by what they mean, not field by field. */
const SHOWN_APART = new Set(['machine definition', 'role policy', 'alias content']);

/** Tags that are there besides stay: they are no removal. */
function of(key: string, before: JsonObject, after: JsonObject): Json | undefined {
  return key === 'tags' ? { ...(before.tags as JsonObject), ...(after.tags as JsonObject) } : after[key];
}

function versionField({ details }: Observed): FieldChange {
  const version = String(details?.version ?? '');
  return { field: 'version', from: version === '' ? null : versionNumber(version), to: 'the version of this machine' };
}

function objectOr(json: Json | undefined): JsonObject {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as JsonObject) : { States: {} };
}

function allKeys({ properties }: Resource): string[] {
  return Object.keys(properties);
}

/** What exists there is neither what the last deploy made nor what a killed one was to make. */
function drifted(
  resource: Resource,
  now: Observed,
  record: DeployRecord | undefined,
  differs: readonly string[],
): string[] {
  const known = [record?.applied[resource.arn], record?.pending?.applied[resource.arn]].filter(
    (one) => one !== undefined,
  );
  if (known.length === 0) return [];
  const present = fingerprints(resource.kind, now.properties);
  return differs.filter((key) => key !== 'tags' && !known.some((one) => one[key] === present[key]));
}

/** An alias is its machine's, or its function's. */
function isOurs({ kind, tags }: Resource, now: Observed): boolean {
  return kind === 'alias' || kind === 'function-alias' || OWN.every((key) => now.tags[key] === tags[key]);
}

const OWN = ['dagwright:dag', 'dagwright:env'];

function ownerOf({ tags }: Observed): string | undefined {
  const [dag, environment] = OWN.map((key) => tags[key]);
  return dag === undefined ? undefined : `the DAG "${dag}" in the environment "${environment}"`;
}

/** Switched off by somebody since the last deploy, which the environment does not ask to undo. */
function isPaused({ kind, properties }: Resource, now: Observed, record: DeployRecord | undefined): boolean {
  return (
    kind === 'schedule' &&
    properties.state === 'ENABLED' &&
    now.properties.state === 'DISABLED' &&
    record?.schedule === 'ENABLED'
  );
}
