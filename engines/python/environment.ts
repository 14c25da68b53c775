import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { writeJson } from '../../project/files.ts';
import type { ProcessGroups } from '../process/process-groups.ts';
import { findPython } from './find-python.ts';
import { findJava, jreOf, jrePackage } from './java.ts';
import { Pip } from './pip.ts';
import { type Requirements, requirements } from './requirements.ts';

/** The Python that the run's jobs use, with everything that they import. */
export interface PythonEnvironment {
  readonly python: string;
  readonly bin: string;
  /** The folder of pyspark, which is SPARK_HOME; undefined where no Spark is needed. */
  readonly sparkHome?: string;
  readonly javaHome?: string;
}

export interface EnvironmentOptions {
  /** Whose `requirements.txt` is installed. */
  readonly project: string;
  /** Where it is made: `.dagwright/python`. */
  readonly folder: string;
  /** pyspark's version, from the EMR release; undefined: no Spark, no Java. */
  readonly spark?: string | undefined;
  /** More requirement files, relative to the project: the tests' own. */
  readonly extra?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly groups: ProcessGroups;
  readonly signal?: AbortSignal;
  readonly onProgress: (text: string) => void;
}

interface Stamp {
  readonly requirements: string;
  readonly extra: string;
  readonly python: string;
}

/**
 * Makes the virtual environment on the first start and finds it whole on later ones, without asking pip or the network. It counts as
 * whole only once its stamp is written, after everything was installed: an installation that was killed is begun again. It is made anew
 * when what it must contain changes; Spark is added to one that has everything else, and stays where a run needs none. The folder may be
 * a link to that of another project: then both share it, and wait for each other.
 *
 * @throws Stop with exit code 3 where there is no Python, no way to make an environment, or no registry.
 */
export async function pythonEnvironment(options: EnvironmentOptions): Promise<PythonEnvironment> {
  await mkdir(options.folder, { recursive: true });
  // Python makes no environment in a link, and the lock stands beside the folder itself.
  const own = { ...options, folder: await realpath(options.folder) };
  const release = await waitForTurn(own);
  try {
    return await makeOrFind(own);
  } finally {
    await release();
  }
}

/** One process at a time makes or changes the environment; the others wait for it, and may be stopped while they do. */
async function waitForTurn({ folder, signal, onProgress }: EnvironmentOptions): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await lock(folder, { lockfilePath: `${folder}.lock`, stale: 20_000 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    }
    onProgress('Waiting for another process that is making the Python environment');
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (signal?.aborted) throw new Stop(diagnose('RUN027', {}), 1);
  }
}

async function makeOrFind(options: EnvironmentOptions): Promise<PythonEnvironment> {
  const { folder, env } = options;
  const stampFile = join(folder, 'dagwright.json');
  const wanted = await requirements(options.project, options.spark, []);
  const more = await requirements(options.project, options.spark, options.extra ?? []);
  const stamp = await readStamp(stampFile);
  const bin = join(folder, 'bin');
  const python = join(bin, 'python');
  const pip = new Pip({
    python,
    folder,
    groups: options.groups,
    env,
    onProgress: options.onProgress,
    ...(options.signal && { signal: options.signal }),
  });

  let known = stamp;
  const lacks = stamp !== undefined && (await exists(python)) ? lackOf(stamp, wanted, await sparkIn(folder)) : 'all';
  if (lacks === 'Spark') {
    // Until it is there the environment counts as begun.
    await rm(stampFile);
    await pip.install({ ...wanted, lines: wanted.lines.slice(0, 1) }, `Spark ${options.spark}`);
    known = { ...stamp!, requirements: digest(wanted.lines) };
    await writeJson(stampFile, known);
  } else if (lacks === 'all') {
    const base = await findPython(options);
    await empty(folder);
    await pip.makeEnvironment(base);
    await pip.install(
      wanted,
      options.spark === undefined ? 'the Python packages' : `Spark ${options.spark} and the Python packages`,
    );
    known = { requirements: digest(wanted.lines), extra: '', python: base.version };
    await writeJson(stampFile, known);
  }
  if (options.extra !== undefined && known!.extra !== digest(more.lines)) {
    await pip.install(more, 'the packages of the tests');
    await writeJson(stampFile, { ...known!, extra: digest(more.lines) });
  }
  if (options.spark === undefined) return { python, bin };
  const sitePackages = await sitePackagesOf(folder);
  return {
    python,
    bin,
    sparkHome: join(sitePackages, 'pyspark'),
    javaHome: await javaHome(options, pip, sitePackages),
  };
}

/** What an environment with this stamp, and this Spark in it, has not of what is wanted. */
function lackOf(stamp: Stamp, { lines }: Requirements, spark: string | undefined): 'Spark' | 'all' | undefined {
  const isOf = (wanted: readonly string[]) => stamp.requirements === digest(wanted);
  if (isOf(lines)) return undefined;
  if (lines[0]?.startsWith('pyspark==')) return isOf(lines.slice(1)) ? 'Spark' : 'all';
  return isOf([`pyspark==${spark}`, ...lines]) ? undefined : 'all';
}

/** The version of pyspark that is installed. */
async function sparkIn(folder: string): Promise<string | undefined> {
  const names = await readdir(await sitePackagesOf(folder)).catch(() => [] as string[]);
  return names.map((name) => /^pyspark-(.+)\.dist-info$/.exec(name)?.[1]).find((version) => version !== undefined);
}

/** A Java of the machine if Spark accepts one, else the JRE of a Python package, installed once. */
async function javaHome(options: EnvironmentOptions, pip: Pip, sitePackages: string): Promise<string> {
  const own = await findJava(options);
  if (own !== undefined) return own;
  const marker = join(options.folder, 'java.json');
  if (!(await exists(marker))) {
    await pip.install({ lines: [jrePackage()], source: jrePackage() }, 'a Java runtime');
    await writeJson(marker, { package: jrePackage() });
  }
  const home = await jreOf(sitePackages);
  if (home === undefined) throw new Error(`${jrePackage()} was installed but has no java below ${sitePackages}`);
  return home;
}

/** The environment variables under which a job of this environment runs: its own programs come first on the path. */
export function environmentVariables(python: PythonEnvironment, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PYTHONHOME: _home, PYTHONPATH: _path, SPARK_HOME: _spark, ...rest } = env;
  return {
    ...rest,
    PATH: [python.bin, ...(env.PATH ? [env.PATH] : [])].join(delimiter),
    VIRTUAL_ENV: join(python.bin, '..'),
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8',
    ...(python.javaHome !== undefined && { JAVA_HOME: python.javaHome }),
    ...(python.sparkHome !== undefined && {
      SPARK_HOME: python.sparkHome,
      PYSPARK_PYTHON: python.python,
      PYSPARK_DRIVER_PYTHON: python.python,
      SPARK_LOCAL_IP: '127.0.0.1',
    }),
  };
}

async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Stamp;
  } catch {
    return undefined;
  }
}

async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function sitePackagesOf(folder: string): Promise<string> {
  const lib = join(folder, 'lib');
  const version = (await readdir(lib)).find((name) => name.startsWith('python'));
  return join(lib, version ?? 'python3', 'site-packages');
}

function digest(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
