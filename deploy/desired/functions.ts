import type { JsonObject } from '../../asl/json/value.ts';
import { functionRoleName, ownRoleArn, roleArn } from '../../aws/names.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Asset, ManifestArchive, ManifestFunction } from '../../manifest/manifest.ts';
import { hashOf } from '../diff/differences.ts';
import type { Resource } from '../resource.ts';
import { type DesiredContext, smallRole } from './context.ts';

/** How long a function's log is kept. */
const RETENTION_DAYS = 90;
const LONGEST_NAME = 64;

/** What is made of a DAG's functions. */
export interface Functions {
  readonly resources: readonly Resource[];
  /** What the machine's placeholders of them stand for: the alias of what the function is today. */
  readonly values: Readonly<Record<string, string>>;
  /** Their archives, by the keys that they have among the assets. */
  readonly archives: readonly Asset[];
}

/** The archive of a function, or of a job's code, among a DAG's assets. */
export function archiveOf(spec: ManifestFunction | ManifestArchive): Asset {
  const { source, sha256 } = spec;
  return { path: source.file, sha256, key: 'key' in spec ? spec.key : `functions/${sha256}.zip` };
}

/**
 * The functions that a DAG brings along, each with its role, its log, and an alias on the version that is published of it. The alias is
 * named after what the function is: known before anything is asked of AWS, and another one where anything changes.
 * @param context its `fill` knows everything but the functions themselves
 * @throws Stop for a name that Lambda does not take
 */
export function functionsOf(context: DesiredContext): Functions {
  const made = (context.built.manifest.functions ?? []).map((spec) => functionOf(context, spec));
  return {
    resources: made.flatMap(({ resources }) => resources),
    values: Object.fromEntries(made.map(({ spec, alias }) => [`function_${spec.name}`, alias])),
    archives: made.map(({ spec }) => archiveOf(spec)),
  };
}

function functionOf(context: DesiredContext, spec: ManifestFunction) {
  const { names, place, tags, environment, fill, built } = context;
  const { partition, region, account } = place;
  const name = `${names.machine}_${spec.name}`;
  if (name.length > LONGEST_NAME)
    throw new Stop(diagnose('DEP036', { dag: built.dag, task: spec.task, name, most: LONGEST_NAME }));
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  const given = spec.role === undefined ? undefined : String(fill({ role: spec.role }).role);
  const roleName = functionRoleName(names, spec.name);
  const logGroup = `/aws/lambda/${name}`;
  const properties: JsonObject = {
    code: `${names.assets}/${archiveOf(spec).key}`,
    handler: spec.handler,
    runtime: spec.runtime,
    architecture: spec.architecture,
    memory: spec.memory,
    timeout: spec.timeoutSeconds,
    storage: spec.storage ?? 512,
    environment: fill({ ...spec.environment }),
    layers: fill({ layers: [...(spec.layers ?? [])] }).layers!,
    role:
      given === undefined
        ? ownRoleArn(place, names, roleName)
        : given.startsWith('arn:')
          ? given
          : roleArn(place, given),
  };
  const content = `c-${hashOf(properties).slice(0, 16)}`;
  const alias = `${arn}:${content}`;
  const title = `the function of "${spec.task}"`;
  const resources: Resource[] = [
    ...(spec.policy === undefined
      ? []
      : [
          smallRole(context, {
            name: roleName,
            title: `the role of ${title}`,
            assumedBy: [{ service: 'lambda.amazonaws.com' }],
            policy: fill(spec.policy as unknown as JsonObject),
          }),
        ]),
    {
      kind: 'log-group',
      title: `the log of ${title}`,
      name: logGroup,
      arn: `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`,
      properties: {
        retentionInDays: RETENTION_DAYS,
        ...(environment.kmsKeys?.logs !== undefined && { kmsKey: environment.kmsKeys.logs }),
      },
      tags,
    },
    { kind: 'function', title, name, arn, properties, tags },
    {
      kind: 'function-alias',
      title: `the version of ${title}`,
      name: `${name}:${content}`,
      arn: alias,
      properties: { content, code: properties.code! },
      tags: {},
    },
  ];
  return { spec, alias, resources: resources.map((one) => ({ ...one, group: 'functions' as const })) };
}
