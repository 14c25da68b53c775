import type { JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { type Names, namesOf, ownTags, type Place } from '../../aws/names.ts';
import type { Asset } from '../../manifest/manifest.ts';
import type { Environment } from '../../project/environment.ts';
import { envValues } from '../../project/environment-values.ts';
import type { Built } from '../built.ts';
import type { Resource, Tags } from '../resource.ts';
import { alarmOf } from './alarm.ts';
import { cleanupOf } from './cleanup.ts';
import { handedRoleNames, handedRolesOf } from './handed-roles.ts';
import { checkLimits } from './limits.ts';
import { machineOf, policyOf } from './machine.ts';
import type { Plot } from './plot.ts';
import { scheduleOf } from './schedule.ts';

/** What shall stand on AWS for a DAG. */
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

/**
 * Everything that an environment makes of a compiled DAG, as data; nothing is asked of AWS here.
 *
 *     dist/<dag> + environment + account ─▶ names ─▶ placeholders filled ─▶ roles handed on ▸ machine ▸ cleanup ▸ schedule ▸ alarm
 */
export function desiredOf(built: Built, environment: Environment, place: Place): Desired {
  const { dag, manifest } = built;
  const names = namesOf({ prefix: environment.prefix, dag, artifacts: environment.artifacts }, place);
  const tags = { ...environment.tags, ...ownTags(dag, environment.name) };
  const values = {
    ...envValues(manifest, environment, handedRoleNames(manifest, environment, names), place.account),
    ...{ partition: place.partition, region: place.region, account: place.account, assets: names.assets },
    ...{ assetsBucket: environment.artifacts, assetsPath: names.assets.slice('s3://'.length) },
  };
  const fill = (document: JsonObject) => fillPlaceholders(document, values);
  const plot: Plot = { built, environment, place, names, tags, fill };
  const resources = [
    ...handedRolesOf(plot),
    ...machineOf(plot),
    ...cleanupOf(plot),
    ...scheduleOf(plot),
    ...alarmOf(plot),
  ];
  checkLimits(dag, resources);
  return { dag, environment, names, tags, assets: manifest.assets, values, needs: policyOf(plot), resources };
}
