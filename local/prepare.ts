import { join, relative } from 'node:path';
import { walkStates } from '../asl/language/states.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { fillPlaceholders } from '../asl/placeholders/index.ts';
import { HERE } from '../engines/engine.ts';
import { type Guard, KnownTags, openGuard, policyBeside } from '../engines/iam/index.ts';
import { ASSETS_BUCKET, type AssetContent, readAssets } from '../engines/lake/assets.ts';
import { type Mount, parseMounts } from '../engines/lake/mounts.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { needPackages } from '../project/packages.ts';
import { localNeeds, releaseOf, SERVICES_IAM, sparkVersion, type TaskCall } from '../tasks/services.ts';
import { cleanupName, readCompiled } from './compiled.ts';
import { envValues, type LocalConfig, readConfig } from './config.ts';
import { type PackagedFunction, type PackagedJob, packagedFunctions, packagedJobs } from './functions.ts';
import { type ExecutionInput, executionInput } from './input.ts';
import { type LineageTarget, lineageTarget } from './lineage.ts';
import type { RunOptions } from './run.ts';
import { tasksLeftOut } from './select.ts';

/** What is to run and with which values, all of it checked; nothing was written or started for it. */
export interface Prepared {
  readonly manifest: Manifest;
  /** Its placeholders are filled. */
  readonly machine: StateMachine;
  /** The same of what ends the jobs of its runs. */
  readonly cleanup: StateMachine | undefined;
  readonly config: LocalConfig;
  readonly input: ExecutionInput;
  /** The DAG's own buckets. */
  readonly buckets: readonly string[];
  readonly mounts: readonly Mount[];
  readonly leftOut: ReadonlySet<string>;
  readonly assets: readonly AssetContent[];
  /** Where its lineage goes, where that is asked for. */
  readonly lineage: LineageTarget | undefined;
  /** The version that the releases in the machine carry; undefined if nothing runs Spark. */
  readonly spark: string | undefined;
  readonly needsPython: boolean;
  readonly functions: readonly PackagedFunction[];
  readonly jobs: readonly PackagedJob[];
  /** What the placeholders of the machine stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** Holds each call against the policies of dist/, where that is asked for. */
  readonly guard?: Guard;
  /** The same of the cleanup machine, whose role is another one. */
  readonly cleanupGuard?: Guard;
}

/** Reads dist/, dagwright.yaml, the input and the project's scripts, and checks them against each other. */
export async function prepare(options: RunOptions): Promise<Prepared> {
  const { machine: compiled, manifest, cleanup, all } = await readCompiled(options.dist, options.dag);
  const config = await readConfig(options.project, all);
  const { duckdb, python } = localNeeds(callsOf(compiled, statesOfCode(manifest)));
  if (duckdb.length > 0) needPackages(['@duckdb/node-api'], `a run of ${duckdb.join(' or ')} on this machine`);
  const values = envValues(manifest, config);
  const buckets = Object.entries(manifest.env).flatMap(([name, { kind }]) =>
    kind === 'bucket' ? [values[name]!] : [],
  );
  const functions = packagedFunctions(manifest.dag, manifest.functions ?? [], options.project);
  const jobs = packagedJobs(manifest.archives ?? [], options.project);
  const filled = {
    ...Object.fromEntries(functions.map(({ spec, arn }) => [`function_${spec.name}`, arn])),
    ...values,
    ...HERE,
    machine: manifest.dag,
    cleanup: cleanupName(manifest),
    assets: `s3://${ASSETS_BUCKET}`,
    ...{ assetsBucket: ASSETS_BUCKET, assetsPath: ASSETS_BUCKET },
  };
  const machine = fillPlaceholders(compiled, filled);
  const guards = options.enforcePolicy === true ? await guardsOf(options, manifest, cleanup, filled) : {};
  return {
    manifest,
    machine,
    cleanup: cleanup && fillPlaceholders(cleanup, filled),
    config,
    input: await executionInput(manifest, config, options.input),
    buckets,
    mounts: await parseMounts(options.mounts, buckets, options.project),
    leftOut: tasksLeftOut(manifest, options),
    assets: await readAssets(manifest.assets, options.project),
    lineage: await lineageTarget({
      option: options.lineage,
      configured: config.lineage,
      env: options.env,
      project: options.project,
    }),
    spark: sparkVersion(callsOf(machine).flatMap((call) => releaseOf(call) ?? [])),
    needsPython: python,
    functions,
    jobs,
    values: filled,
    ...guards,
  };
}

/** What holds each call against `policy.json`, what services do with the roles of the manifest against theirs, and the cleanup machine. */
async function guardsOf(
  { dist, dag, onDecision }: RunOptions,
  manifest: Manifest,
  cleanup: StateMachine | undefined,
  values: { readonly [name: string]: string },
): Promise<Pick<Prepared, 'guard' | 'cleanupGuard'>> {
  // What the one makes the other ends: both know it by its tags.
  const tags = new KnownTags();
  const guardOf = async (name: string, machine: string, policy: string) => {
    const [ofMachine, ofPolicy, declared] = [machine, policy, 'manifest.json'].map((file) => join(dist, dag, file));
    const file = relative('', ofPolicy!);
    return openGuard({
      what: '`dagwright local --enforce-policy`',
      place: HERE,
      services: SERVICES_IAM,
      machine: { name, file, policy: await policyBeside(relative('', ofMachine!), file) },
      declared: { file: relative('', declared!), env: manifest.env },
      values,
      tags,
      ...(onDecision && { onDecision }),
    });
  };
  return {
    guard: await guardOf(dag, 'step_function.json', 'policy.json'),
    ...(cleanup && { cleanupGuard: await guardOf(cleanupName(manifest), 'cleanup.json', 'cleanup_policy.json') }),
  };
}

/** The states of tasks whose code comes with the DAG, which runs it in a Python of its own. */
function statesOfCode({ archives = [], tasks }: Manifest): ReadonlySet<string> {
  const coded = new Set(archives.map(({ task }) => task));
  return new Set(tasks.flatMap(({ id, states }) => (coded.has(id) ? states : [])));
}

function callsOf(machine: StateMachine, without: ReadonlySet<string> = new Set()): TaskCall[] {
  return [...walkStates(machine)].flatMap(({ name, state }) =>
    state.Type === 'Task' && !without.has(name) ? [{ resource: state.Resource, arguments: state.Arguments }] : [],
  );
}
