import { join } from 'node:path';
import { HERE } from '../engines/engine.ts';
import type { LocalFunction } from '../engines/functions/function-host.ts';
import type { LocalJobCode } from '../engines/functions/job-host.ts';
import { functionPython } from '../engines/functions/python-packages.ts';
import type { ProcessGroups } from '../engines/process/process-groups.ts';
import type { ManifestArchive, ManifestFunction } from '../manifest/manifest.ts';
import { layPackage, packageOf } from '../packaging/local.ts';
import type { FunctionPackage } from '../packaging/package.ts';

/** A function of the DAG and its package, which was found to be what was compiled. */
export interface PackagedFunction {
  readonly spec: ManifestFunction;
  readonly name: string;
  readonly arn: string;
  readonly package: FunctionPackage;
}

/**
 * The packages of a DAG's functions, and what the machine's placeholders of them stand for.
 * @throws Stop where sources are not those that were compiled
 */
export function packagedFunctions(
  machine: string,
  functions: readonly ManifestFunction[],
  project: string,
): PackagedFunction[] {
  return functions.map((spec) => {
    const name = `${machine}_${spec.name}`;
    const arn = `arn:${HERE.partition}:lambda:${HERE.region}:${HERE.account}:function:${name}:1`;
    return { spec, name, arn, package: packageOf(spec, project) };
  });
}

/** Lays a function out, with what it runs on. Environment values have placeholders of the DAG's env, which `fill` fills. */
export async function layFunction(
  { spec, name, arn, package: made }: PackagedFunction,
  options: LayOptions,
): Promise<LocalFunction> {
  const { runtime, handler, memory, timeoutSeconds, source } = spec;
  const environment = Object.entries(spec.environment ?? {}).map(([key, text]) => [key, options.fill(text)] as const);
  return {
    arn,
    name,
    runtime,
    handler,
    memory,
    timeoutSeconds,
    folder: await layPackage(made, options.project),
    program: source.kind === 'typescript' ? process.execPath : await pythonOf(made, source, options),
    args: [],
    environment: { ...addressesIn(options), ...Object.fromEntries(environment) },
  };
}

/** All functions of a DAG, by their ARNs. */
export async function localFunctions(
  packaged: readonly PackagedFunction[],
  options: LayOptions,
): Promise<ReadonlyMap<string, LocalFunction>> {
  const laid = new Map<string, LocalFunction>();
  for (const one of packaged) laid.set(one.arn, await layFunction(one, options));
  return laid;
}

/** The code of a DAG's job and its package, which was found to be what was compiled. */
export interface PackagedJob {
  readonly spec: ManifestArchive;
  readonly package: FunctionPackage;
}

/** @throws Stop where sources are not those that were compiled */
export function packagedJobs(archives: readonly ManifestArchive[], project: string): PackagedJob[] {
  return archives.map((spec) => ({ spec, package: packageOf(spec, project) }));
}

/** Lays the code of a job out, with what it runs on. */
export async function layJobCode({ spec, package: made }: PackagedJob, options: LayPlace): Promise<LocalJobCode> {
  const { source } = spec;
  const runs =
    source.kind === 'typescript'
      ? { program: process.execPath, main: 'index.mjs', isPython: false }
      : { program: await pythonOf(made, source, options), main: '__main__.py', isPython: true };
  return {
    folder: await layPackage(made, options.project),
    ...runs,
    environment: {
      ...addressesIn(options),
      ...(options.s3 !== undefined && { DAGWRIGHT_ENDPOINT_URL_S3: options.s3 }),
    },
  };
}

/** The code of all jobs of a DAG, by the addresses of its archives below `assets`. */
export async function localJobCode(
  packaged: readonly PackagedJob[],
  assets: string,
  options: LayOptions,
): Promise<ReadonlyMap<string, LocalJobCode>> {
  const laid = new Map<string, LocalJobCode>();
  for (const one of packaged) laid.set(`${assets}/${one.spec.key}`, await layJobCode(one, options));
  return laid;
}

/** The Python that runs a package, with the packages that it requires. */
function pythonOf(
  { files }: FunctionPackage,
  source: { readonly requirements: readonly string[] },
  options: LayPlace,
): Promise<string> {
  const { project, env, groups, signal, onProgress } = options;
  const usesBoto = [...files.values()].some((text) =>
    /^\s*(?:import|from)\s+boto(?:3|core)\b/m.test(Buffer.from(text).toString()),
  );
  // What runs it at AWS has it.
  const needed = usesBoto ? ['boto3', ...source.requirements] : source.requirements;
  const folder = join(project, '.dagwright/functions/python');
  return functionPython({ needed, folder, env, groups, signal, onProgress });
}

/** The addresses of services: where the user has servers of their own, which the engines here call too, and the lake. */
function addressesIn({ env, s3 }: LayPlace): Record<string, string> {
  const names = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(?:_|$)/.test(name));
  return {
    ...(s3 !== undefined && { AWS_ENDPOINT_URL_S3: s3 }),
    ...Object.fromEntries(names.map((name) => [name, env[name]!])),
  };
}

/** What code is laid out for. */
interface LayPlace {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  /** The address of the S3 over the lake's folders, where anything reaches it. */
  readonly s3: string | undefined;
  readonly groups: ProcessGroups;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

interface LayOptions extends LayPlace {
  readonly fill: (text: string) => string;
}
