import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Stop } from '../../diagnostics/index.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { type EnvironmentOptions, environmentVariables, pythonEnvironment } from '../../engines/python/environment.ts';
import { findPython } from '../../engines/python/find-python.ts';
import { findJava } from '../../engines/python/java.ts';
import { SPARK_OF_RELEASE } from '../../tasks/emr/service.ts';
import { sparkVersion } from '../../tasks/services.ts';
import { folderWith } from './support.ts';

/** Environments that need nothing from a registry, so that no network is asked. */
const OFFLINE = {
  PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
  PIP_FIND_LINKS: '',
  PIP_RETRIES: '1',
  PIP_CONFIG_FILE: '/dev/null',
};

function options(project: string, more: Partial<EnvironmentOptions> = {}): EnvironmentOptions & { said: string[] } {
  const said: string[] = [];
  return {
    project,
    folder: join(project, '.dagwright/python'),
    env: { ...process.env, ...OFFLINE },
    groups: new ProcessGroups(),
    onProgress: (text) => said.push(text),
    ...more,
    said,
  };
}
const stopOf = async (work: Promise<unknown>): Promise<Stop> => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Stop);
  return error as Stop;
};

/** A program that stands in the way of `java` or `python3` on the path. */
async function program(name: string, script: string): Promise<string> {
  const folder = await folderWith({ [name]: `#!/bin/sh\n${script}\n` });
  await chmod(join(folder, name), 0o755);
  return folder;
}

/** An empty package, as pip finds it in a folder. */
async function makeWheel(folder: string, name: string, version: string): Promise<void> {
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}/__init__.py`]: '',
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  const zip =
    'import json,sys,zipfile\nwith zipfile.ZipFile(sys.argv[1],"w") as z:\n [z.writestr(*f) for f in json.loads(sys.argv[2]).items()]';
  const file = join(folder, `${name}-${version}-py3-none-any.whl`);
  execFileSync('python3', ['-c', zip, file, JSON.stringify(files)]);
}

describe('the environment', () => {
  test('is made once, found at once, and made anew when its requirements change or it was not finished', async () => {
    const project = await folderWith({ 'requirements.txt': '# nothing\n' });
    const first = options(project);
    const python = await pythonEnvironment(first);
    expect(first.said.map((text) => text.split(':')[0])).toContain('Making the Python environment (once)');
    expect((await stat(python.python)).isFile()).toBe(true);
    expect(environmentVariables(python, { PATH: '/usr/bin', SPARK_HOME: '/x' })).toMatchObject({
      PATH: `${python.bin}:/usr/bin`,
      VIRTUAL_ENV: join(project, '.dagwright/python'),
    });

    const second = options(project);
    await pythonEnvironment(second);
    expect(second.said).toEqual([]);

    await rm(join(project, '.dagwright/python/dagwright.json'));
    await writeFile(join(project, '.dagwright/python/left-over'), 'x');
    const third = options(project);
    await pythonEnvironment(third);
    expect(third.said).not.toEqual([]);
    await expect(stat(join(project, '.dagwright/python/left-over'))).rejects.toThrow('ENOENT');

    await writeFile(join(project, 'requirements.txt'), 'no-such-package-of-dagwright==1.0\n');
    const stop = await stopOf(pythonEnvironment(options(project)));
    expect(stop.exitCode).toBe(3);
    expect(stop.diagnostics[0]!.code).toBe('RUN025');
    expect(stop.diagnostics[0]!.message).toContain('no-such-package-of-dagwright');
    // What was half installed does not count.
    await expect(stat(join(project, '.dagwright/python/dagwright.json'))).rejects.toThrow('ENOENT');
  }, 120_000);

  test('has Spark added when a run needs it, which stays when one needs none; the folder may be a link', async () => {
    const wheels = await folderWith();
    await makeWheel(wheels, 'pyspark', '3.5.6');
    const shared = await folderWith({ 'requirements.txt': '' });
    const project = await folderWith({ 'requirements.txt': '' });
    await mkdir(join(project, '.dagwright'));
    await symlink(join(shared, '.dagwright/python'), join(project, '.dagwright/python'));
    await mkdir(join(shared, '.dagwright/python'), { recursive: true });
    const java = await program('java', 'echo "    java.home = /j" >&2; echo "    java.specification.version = 17" >&2');
    const PATH = `${java}:${process.env.PATH}`;
    const env = { ...process.env, ...OFFLINE, PATH, JAVA_HOME: '', PIP_FIND_LINKS: wheels };
    const made = async (where: string, spark?: string) => {
      const how = options(where, { env, spark });
      const { sparkHome } = await pythonEnvironment(how);
      return { said: how.said.map((text) => text.split(':')[0]), sparkHome };
    };
    const MADE = 'Making the Python environment (once)';
    expect((await made(project)).said).toEqual([MADE]);
    await writeFile(join(shared, '.dagwright/python/kept'), 'x');
    const withSpark = await made(project, '3.5.6');
    expect(withSpark.said).toContain('Installing Spark 3.5.6 (once)');
    expect(withSpark.said).not.toContain(MADE);
    expect(await readFile(join(withSpark.sparkHome!, '__init__.py'), 'utf8')).toBe('');
    for (const where of [project, shared])
      for (const spark of [undefined, '3.5.6', undefined])
        expect([where, spark, (await made(where, spark)).said]).toEqual([where, spark, []]);
    expect(await readFile(join(shared, '.dagwright/python/kept'), 'utf8')).toBe('x');
    // Another Spark is no addition: it would change what runs of the first one have.
    const other = await stopOf(pythonEnvironment(options(project, { env, spark: '3.4.0' })));
    expect(other.diagnostics[0]!.message).toContain('pyspark==3.4.0');
    await expect(stat(join(shared, '.dagwright/python/kept'))).rejects.toThrow('ENOENT');
  }, 300_000);

  test('without a Python, or with one that is too old', async () => {
    const project = await folderWith({ 'requirements.txt': '' });
    const none = await stopOf(pythonEnvironment(options(project, { env: { PATH: await folderWith() } })));
    expect(none).toMatchObject({
      exitCode: 3,
      diagnostics: [{ code: 'RUN022', message: 'No Python 3.9 or later was found (tried python3, python).' }],
    });
    const old = await program('python3', 'echo /usr/bin/python3; echo 3.8');
    const tooOld = await stopOf(pythonEnvironment(options(project, { env: { PATH: old } })));
    expect(tooOld.diagnostics[0]!.message).toContain('python3 is 3.8');
    const wanted = await stopOf(
      pythonEnvironment(options(project, { env: { ...process.env, DAGWRIGHT_PYTHON: '/nowhere/python' } })),
    );
    expect(wanted.diagnostics[0]!.message).toContain('/nowhere/python');
  });

  test('a Python that is slow is waited for, which is said; one that does not work says why', async () => {
    const slow = await program('python3', 'cat >/dev/null; /bin/sleep 31; echo /slow/python3; echo 3.11');
    const said: string[] = [];
    const env = { PATH: `${slow}:/bin:/usr/bin` };
    expect(await findPython({ env, onProgress: (text) => said.push(text) })).toEqual({
      executable: '/slow/python3',
      version: '3.11',
    });
    expect(said).toEqual(['Waiting for python3 to say which version it is']);
    const stopped = findPython({ env, signal: AbortSignal.timeout(500) });
    expect(await stopOf(stopped)).toMatchObject({ exitCode: 1, diagnostics: [{ code: 'RUN027' }] });
    const broken = await program('python3', 'echo "pyenv: python3: command not found" >&2; exit 127');
    const { message } = (await stopOf(findPython({ env: { PATH: broken } }))).diagnostics[0]!;
    expect(message).toContain('tried python3, python; python3 ended with 127: pyenv: python3: command not found');
  }, 120_000);

  test('with a Python that cannot make one, says which package is missing', async () => {
    const project = await folderWith({ 'requirements.txt': '' });
    const bare = await program(
      'python3',
      'if [ "$1" = "-c" ]; then echo "$0"; echo 3.11; else echo "ensurepip is not available" >&2; exit 1; fi',
    );
    const stop = await stopOf(pythonEnvironment(options(project, { env: { PATH: `${bare}:/bin` } })));
    expect(stop).toMatchObject({ exitCode: 3, diagnostics: [{ code: 'RUN024' }] });
    expect(stop.diagnostics[0]!.message).toContain('ensurepip is not available');
    expect(stop.diagnostics[0]!.remedy).toContain('python3.11-venv');
  });

  test('of a run that is stopped does not count', async () => {
    const project = await folderWith({ 'requirements.txt': '' });
    const stop = new AbortController();
    const making = stopOf(pythonEnvironment(options(project, { signal: stop.signal, onProgress: () => stop.abort() })));
    expect((await making).diagnostics[0]!.code).toBe('RUN027');
    await expect(stat(join(project, '.dagwright/python/dagwright.json'))).rejects.toThrow('ENOENT');
  });

  test('requirements.txt that pins another Spark than EMR has', async () => {
    const project = await folderWith({ 'requirements.txt': 'pyspark==3.4.0\n' });
    const stop = await stopOf(pythonEnvironment(options(project, { spark: '3.5.6' })));
    expect(stop).toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: 'RUN023', message: expect.stringContaining('pins pyspark 3.4.0') }],
    });
  });
});

describe('Spark’s version', () => {
  const versionOf = (releases: readonly string[]) =>
    sparkVersion(releases.map((release) => ({ release, versions: SPARK_OF_RELEASE })));

  test('is that of the release', () => {
    expect(versionOf(['emr-7.13.0', 'emr-7.11.0'])).toBe('3.5.6');
    expect(versionOf([])).toBeUndefined();
    expect(() => versionOf(['emr-5.0.0'])).toThrow('It is not known which Spark emr-5.0.0 carries');
  });

  test('and that of this repository’s DAG is what requirements.txt has', async () => {
    const text = await readFile('requirements.txt', 'utf8');
    expect(text).toContain(`pyspark==${versionOf(['emr-7.13.0'])}`);
  });
});

describe('Java', () => {
  const java = (version: string) =>
    program('java', `echo "    java.home = /opt/java" >&2; echo "    java.specification.version = ${version}" >&2`);

  test.each([
    ['17', '/opt/java'],
    ['11', '/opt/java'],
    ['1.8', '/opt/java'],
    ['21', undefined],
    ['25', undefined],
  ])('%s', async (version, home) => {
    expect(await findJava({ env: { PATH: `${await java(version)}:/bin:/usr/bin` } })).toBe(home);
  });

  test('JAVA_HOME comes before the path, and a broken one is passed over', async () => {
    const home = await folderWith({
      'bin/java': '#!/bin/sh\necho "    java.home = /mine" >&2; echo "    java.specification.version = 17" >&2\n',
    });
    await chmod(join(home, 'bin/java'), 0o755);
    const PATH = `${await java('17')}:/bin:/usr/bin`;
    expect(await findJava({ env: { PATH, JAVA_HOME: home } })).toBe('/mine');
    expect(await findJava({ env: { PATH, JAVA_HOME: '/nowhere' } })).toBe('/opt/java');
    expect(await findJava({ env: { PATH: await folderWith() } })).toBeUndefined();
  });
});
