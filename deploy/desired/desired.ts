import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import type { FilledAs } from '../../asl/services/iam/index.ts';
import { type Names, namesOf, ownTags, type Place } from '../../aws/names.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Asset } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { envValues } from '../../project/environment-values.ts';
import type { Built } from '../built.ts';
import type { Resource, Tags } from '../resource.ts';
import { definitionText } from '../resources/state-machine.ts';
import { alarmsOf } from './alarms.ts';
import { cleanupOf } from './cleanup.ts';
import type { DesiredContext } from './context.ts';
import { archiveOf, functionsOf } from './functions.ts';
import { handedRoleNames, handedRolesOf } from './handed-roles.ts';
import { machineOf, policyOf } from './machine.ts';
import { PolicyFiller } from './policies.ts';
import { scheduleOf } from './schedule.ts';

/** The resources that AWS should have for a DAG. */
export interface Desired {
  readonly dag: string;
  readonly environment: Environment;
  readonly names: Names;
  readonly tags: Tags;
  readonly assets: readonly Asset[];
  /** What the placeholders of the machine and of its policies stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** What the machine's role must allow, whoever made it. */
  readonly needs: JsonObject;
  /** In the order in which they are made: what a run needs, then what starts runs. */
  readonly resources: readonly Resource[];
}

/** How what is not known yet is written: values in policies, and by which partition's names services are called. */
export interface DesiredAs extends FilledAs {
  /** Default: the place's. */
  readonly partition?: string;
}

/**
 * Everything that an environment makes of a compiled DAG, as data; nothing is asked of AWS here.
 *
 *     dist/<dag> + environment + account ─▶ names ─▶ placeholders filled ─▶ roles handed on ▸ functions ▸ machine ▸ cleanup ▸ schedule ▸ alarm
 *
 * @param as how policies are filled with values that are not known yet
 * @throws Stop for values with which IAM would refuse a policy, and for what is too large
 */
export function desiredOf(built: Built, environment: Environment, place: Place, as: DesiredAs = {}): Desired {
  const { dag, manifest } = built;
  const { prefix, artifacts, rolePath } = environment;
  const names = namesOf({ prefix, dag, artifacts, rolePath }, place);
  const tags = { ...environment.tags, ...ownTags(dag, environment.name) };
  const own = envValues(manifest, environment, handedRoleNames(manifest, environment, names), place.account);
  const placed = {
    ...own,
    ...{ partition: place.partition, region: place.region, account: place.account, assets: names.assets },
    machine: names.machine,
    cleanup: names.cleanup,
    ...{ assetsBucket: environment.artifacts, assetsPath: names.assets.slice('s3://'.length) },
  };
  const { partition = place.partition } = as;
  const contextOf = (values: Readonly<Record<string, string>>) => {
    const policies = new PolicyFiller(values, own, as, { dag, environment: environment.name });
    const fill = (document: JsonObject) =>
      'Statement' in document ? policies.fill(document) : fillPlaceholders(document, values);
    return { policies, context: { built, environment, place, names, tags, fill, partition } satisfies DesiredContext };
  };
  // What the machine calls a function by depends on what the function is.
  const first = contextOf(placed);
  const functions = functionsOf(first.context);
  const values = { ...placed, ...functions.values };
  const { policies, context } = contextOf(values);
  const made = [
    ...handedRolesOf(context),
    ...functions.resources,
    ...machineOf(context),
    ...cleanupOf(context),
    ...scheduleOf(context),
  ];
  const resources = [...made, ...alarmsOf(context, made)];
  const faults = [...first.policies.faults, ...policies.faults];
  if (faults.length > 0) throw new Stop(faults);
  checkLimits(dag, resources);
  return {
    dag,
    environment,
    names,
    tags,
    assets: distinct([...manifest.assets, ...(manifest.archives ?? []).map(archiveOf), ...functions.archives]),
    values,
    needs: policyOf(context),
    resources,
  };
}

/** Two tasks with the same code have one archive. */
function distinct(assets: readonly Asset[]): Asset[] {
  return [...new Map(assets.map((one) => [one.key, one])).values()];
}

/**
 * What AWS would refuse for its size. A managed policy holds 6,144 characters, so that ours stand in their roles, which hold 10,240 in sum;
 * white space does not count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkLimits(dag: string, resources: readonly Resource[]): void {
  const faults: Diagnostic[] = [];
  for (const { kind, name, properties } of resources) {
    if (kind === 'role') {
      const size = JSON.stringify(properties.policy).length;
      if (size > MOST_POLICY) faults.push(diagnose('DEP003', { role: name, size, most: MOST_POLICY }));
    }
    if (kind === 'machine') {
      const size = Buffer.byteLength(definitionText(properties.definition as Json));
      if (size > MOST_DEFINITION) faults.push(diagnose('DEP002', { dag, size, most: MOST_DEFINITION }));
    }
  }
  if (faults.length > 0) throw new Stop(faults);
}

const MOST_POLICY = 10_240;
const MOST_DEFINITION = 1_048_576;
