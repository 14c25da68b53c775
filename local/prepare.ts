import { walkStates } from '../asl/language/states.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { fillPlaceholders } from '../asl/placeholders/index.ts';
import { type Mount, parseMounts } from '../engines/mounts.ts';
import { sparkVersion } from '../engines/python/emr-releases.ts';
import { ASSETS_BUCKET, type AssetContent, readAssets } from '../engines/s3/assets.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { needPackages } from '../project/packages.ts';
import { readCompiled } from './compiled.ts';
import { envValues, type LocalConfig, readConfig } from './config.ts';
import { type ExecutionInput, executionInput } from './input.ts';
import type { RunOptions } from './run-options.ts';
import { tasksLeftOut } from './select.ts';

/** What is to run and with which values, all of it checked; nothing was written or started for it. */
export interface Prepared {
  readonly manifest: Manifest;
  /** Its placeholders are filled. */
  readonly machine: StateMachine;
  readonly config: LocalConfig;
  readonly input: ExecutionInput;
  /** The DAG's own buckets. */
  readonly buckets: readonly string[];
  readonly mounts: readonly Mount[];
  readonly leftOut: ReadonlySet<string>;
  readonly assets: readonly AssetContent[];
  /** The version that the machine's EMR release carries; undefined where there is no EMR. */
  readonly spark: string | undefined;
  readonly needsPython: boolean;
}

/** This machine as an account: what executions say of themselves, asl/interpret/identity.ts. */
const HERE = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

/** Reads dist/, dagwright.yaml, the input and the project's scripts, and checks them against each other. */
export async function prepare(options: RunOptions): Promise<Prepared> {
  const { machine: compiled, manifest, all } = await readCompiled(options.dist, options.dag);
  const config = await readConfig(options.project, all);
  const resources = resourcesOf(compiled);
  if (resources.some((resource) => NEEDS_DUCKDB.test(resource)))
    needPackages(['@duckdb/node-api'], 'a run of Athena or Glue on this machine');
  const values = envValues(manifest, config);
  const buckets = Object.entries(manifest.env).flatMap(([name, { kind }]) =>
    kind === 'bucket' ? [values[name]!] : [],
  );
  const machine = fillPlaceholders(compiled, { ...values, ...HERE, assets: `s3://${ASSETS_BUCKET}` });
  return {
    manifest,
    machine,
    config,
    input: await executionInput(manifest, config, options.input),
    buckets,
    mounts: await parseMounts(options.mounts, buckets, options.project),
    leftOut: tasksLeftOut(manifest, options),
    assets: await readAssets(manifest.assets, options.project),
    spark: sparkVersion(releasesOf(machine)),
    needsPython: resources.some((resource) => /:(elasticmapreduce|emr|athena|glue):/.test(resource)),
  };
}

/** The EMR releases that the machine's clusters name. */
function releasesOf(machine: StateMachine): string[] {
  const releases = new Set<string>();
  for (const [, state] of walkStates(machine)) {
    if (state.Type !== 'Task' || !MAKES_CLUSTER.test(state.Resource)) continue;
    const release = (state.Arguments as { ReleaseLabel?: unknown } | undefined)?.ReleaseLabel;
    if (typeof release === 'string') releases.add(release);
  }
  return [...releases].sort();
}

/** Queries, and crawlers, which look into files. */
const NEEDS_DUCKDB = /:(athena|glue):/;
const MAKES_CLUSTER = /:(elasticmapreduce:createCluster(\.sync)?|aws-sdk:emr:runJobFlow)$/;

function resourcesOf(machine: StateMachine): string[] {
  return [...walkStates(machine)].flatMap(([, state]) => (state.Type === 'Task' ? [state.Resource] : []));
}
