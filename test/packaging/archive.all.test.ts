import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { FunctionCode } from '../../authoring/internal.ts';
import type { ManifestFunction } from '../../manifest/manifest.ts';
import { functionArchive } from '../../packaging/archive.ts';
import { packageFunction } from '../../packaging/package.ts';
import { installWheels } from '../../packaging/wheels.ts';
import { folderWith } from '../local/support.ts';

const FILES = { 'f.py': 'import markupsafe\n\n\ndef f(event):\n    return 1\n' };

function specOf(project: string, ...requirements: readonly string[]): ManifestFunction {
  const code: Pick<FunctionCode, 'source' | 'runtime' | 'architecture'> = {
    source: { kind: 'python', file: 'f.py', handler: 'f', requirements },
    runtime: 'python3.13',
    architecture: 'arm64',
  };
  const { sha256, handler } = packageFunction(code, project);
  return { task: 'f', name: 'f', sha256, handler, ...code, memory: 512, timeoutSeconds: 300 };
}

/** The archive of a function, made in a project of its own. */
async function archive(...requirements: readonly string[]): Promise<Buffer> {
  const project = await folderWith(FILES);
  const log = join(project, 'pip.log');
  const spec = specOf(project, ...requirements);
  const file = await functionArchive(spec, packageFunction(spec, project), project, (needed, platform, folder) =>
    installWheels(needed, platform, folder, { env: process.env, log }),
  );
  return readFile(file);
}

test('packages are wheels of Lambda’s platform, not of this machine; the archive is the same to the byte', async () => {
  const [one, two] = [await archive('markupsafe==3.0.2'), await archive('markupsafe==3.0.2')];
  expect(one.equals(two)).toBe(true);
  const names = Object.keys(unzipSync(one));
  expect(names).toEqual(expect.arrayContaining(['dagwright_entry.py', 'f.py', 'markupsafe/__init__.py']));
  expect(names).toContain('markupsafe/_speedups.cpython-313-aarch64-linux-gnu.so');
  expect(names.filter((name) => /__pycache__|\.pyc$/.test(name))).toEqual([]);
}, 120_000);

test('a package whose archive has another hash is refused', async () => {
  const needed = `iniconfig==2.1.0 --hash=sha256:${'0'.repeat(64)}`;
  await expect(archive(needed)).rejects.toMatchObject({
    diagnostics: [{ code: 'DEP038', message: expect.stringMatching(/HASH/i) }],
  });
}, 120_000);

test('a package without a wheel for the platform is refused', async () => {
  const refused = {
    diagnostics: [{ code: 'DEP038', message: expect.stringContaining('pyspark==3.5.6') }],
    exitCode: 1,
  };
  await expect(archive('pyspark==3.5.6')).rejects.toMatchObject(refused);
}, 120_000);
