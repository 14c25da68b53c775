// Runs the Python tests in the environment that local runs use, with the tests' own packages added: node scripts/run.mjs scripts/pytest.ts [pytest's arguments]
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stop } from '../diagnostics/index.ts';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { environmentVariables, pythonEnvironment } from '../engines/python/environment.ts';
import { SPARK_OF_RELEASE } from '../tasks/emr/service.ts';
import './short-jobs.mjs';

// Bundled into build/, which lies beside the others as scripts/ does.
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const args = process.argv.slice(2);

try {
  const python = await pythonEnvironment({
    project,
    folder: join(project, '.dagwright/python'),
    spark: SPARK_OF_RELEASE['emr-7.13.0'],
    extra: ['requirements-test.txt'],
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: (text) => process.stderr.write(`${text}\n`),
  });
  // The server that speaks S3, in the environment that the tests of deploy use.
  const ministack = await pythonEnvironment({
    project: join(project, 'test/aws'),
    folder: join(project, '.dagwright/ministack'),
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: (text) => process.stderr.write(`${text}\n`),
  });
  const tests = args.length > 0 ? args : ['--durations=12', '--durations-min=5', 'test/spark'];
  const child = spawn(python.python, ['-m', 'pytest', ...tests], {
    cwd: project,
    stdio: 'inherit',
    env: { ...environmentVariables(python, process.env), MINISTACK: join(ministack.bin, 'ministack') },
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 0 : 1);
  });
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  for (const { code, message, remedy } of error.diagnostics) process.stderr.write(`${code} ${message}\n${remedy}\n`);
  process.exitCode = error.exitCode;
}
