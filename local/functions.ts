import { join } from 'node:path';
import { HERE } from '../engines/engine.ts';
import type { LocalFunction } from '../engines/functions/function-host.ts';
import { functionPython } from '../engines/functions/python-packages.ts';
import type { ProcessGroups } from '../engines/process/process-groups.ts';
import type { ManifestFunction } from '../manifest/manifest.ts';
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

/** Lays the functions out, with what they run on. Environment values have placeholders of the DAG's env, which `fill` fills. */
export async function localFunctions(
  packaged: readonly PackagedFunction[],
  { project, env, s3, groups, signal, fill, onProgress }: LayOptions,
): Promise<LocalFunction[]> {
  const laid: LocalFunction[] = [];
  for (const { spec, name, arn, package: made } of packaged) {
    const folder = await layPackage(made, project);
    const environment = {
      ...endpointsIn(env),
      ...(s3 !== undefined && { AWS_ENDPOINT_URL_S3: s3 }),
      ...Object.fromEntries(Object.entries(spec.environment ?? {}).map(([key, text]) => [key, fill(text)])),
    };
    const { runtime, handler, memory, timeoutSeconds } = spec;
    const own = { arn, name, runtime, handler, memory, timeoutSeconds, folder };
    if (spec.source.kind === 'typescript') {
      laid.push({ ...own, program: process.execPath, args: [], environment });
      continue;
    }
    const { requirements } = spec.source;
    const usesBoto = [...made.files.values()].some((text) =>
      /^\s*(?:import|from)\s+boto(?:3|core)\b/m.test(Buffer.from(text).toString()),
    );
    // Lambda's runtime has it.
    const needed = usesBoto ? ['boto3', ...requirements] : requirements;
    const program = await functionPython({
      needed,
      folder: join(project, '.dagwright/functions/python'),
      env,
      groups,
      signal,
      onProgress,
    });
    laid.push({ ...own, program, args: [], environment });
  }
  return laid;
}

/** Where the user has servers of their own, which the engines here call too. */
function endpointsIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(?:_|$)/.test(name));
  return Object.fromEntries(names.map((name) => [name, env[name]!]));
}

interface LayOptions {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  /** The address of the S3 over the lake's folders, where the user names no other one. */
  readonly s3: string | undefined;
  readonly groups: ProcessGroups;
  readonly signal: AbortSignal;
  readonly fill: (text: string) => string;
  readonly onProgress: (text: string) => void;
}
